-- The new platform's own table, the bridge's own database, and one account for each with what it needs and no more.
CREATE DATABASE footbridge CHARACTER SET utf8mb4;
CREATE USER 'footbridge'@'%' IDENTIFIED BY 'footbridge-sample';
GRANT ALL ON footbridge.* TO 'footbridge'@'%';

CREATE USER 'footbridge_reader'@'%' IDENTIFIED BY 'reader-sample';
GRANT SELECT ON legacy.be_users TO 'footbridge_reader'@'%';

CREATE DATABASE new_platform CHARACTER SET utf8mb4;
CREATE TABLE new_platform.users (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  footbridge_sub VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL UNIQUE,
  email VARCHAR(255) NULL UNIQUE,
  first_name VARCHAR(255) NULL,
  last_name VARCHAR(255) NULL,
  password_hash VARCHAR(255) NULL,
  created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE USER 'footbridge_writer'@'%' IDENTIFIED BY 'writer-sample';
GRANT SELECT, INSERT, UPDATE ON new_platform.users TO 'footbridge_writer'@'%';
