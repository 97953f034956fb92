-- The sample legacy database: a Laravel application's table. Passwords: mara "harbour-lights-7",
-- tomas "grüne Wiese 12", kit "paper boat".
SET NAMES utf8mb4;
CREATE DATABASE legacy CHARACTER SET utf8mb4;
CREATE TABLE legacy.be_users (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  first_name VARCHAR(255) DEFAULT NULL,
  last_name VARCHAR(255) DEFAULT NULL,
  username VARCHAR(255) NOT NULL,
  email VARCHAR(255) NOT NULL,
  password VARCHAR(60) NOT NULL,
  gender ENUM('M','F') NOT NULL,
  birthday DATETIME DEFAULT NULL,
  remember_token VARCHAR(100) DEFAULT NULL,
  is_logged TINYINT(1) NOT NULL DEFAULT '0',
  created_at TIMESTAMP NULL DEFAULT NULL,
  updated_at TIMESTAMP NULL DEFAULT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY be_users_username_unique (username),
  UNIQUE KEY be_users_email_unique (email)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;

INSERT INTO legacy.be_users (id, first_name, last_name, username, email, password, gender, birthday, remember_token, is_logged, created_at, updated_at) VALUES
(1, 'Mara', 'Lindqvist', 'mara', 'mara@example.com', '$2y$10$D5eJ2RUaxGSf4689HZMet.n4Jz40cWmXnuz8BSxKFYli5o6LXqI5W', 'F', '1984-03-09 00:00:00', NULL, '0', NULL, '2024-05-01 10:00:00'),
(2, 'Tomás', 'Okafor', 'tomas', 'tomas@example.com', '$2y$10$M1ngpPBVwpQWzKYOVrRZW.LmHRxDg5uiQj1takTOmqFgBor828RSy', 'M', '1991-11-30 00:00:00', NULL, '0', NULL, '2024-05-01 10:00:00'),
(3, NULL, NULL, 'kit', 'kit@example.com', '$2y$10$PHx427nEssqzdejw7yMhm.Nt28dY5MiMztZNr/3j5oqBTpMGaICN6', 'F', NULL, NULL, '0', NULL, '2024-05-01 10:00:00');
