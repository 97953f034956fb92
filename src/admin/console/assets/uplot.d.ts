// Served beside our modules, from the package.
export { default } from 'uplot';
