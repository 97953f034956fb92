/** A thread that ends instead of answering. */
export const verify = () => process.exit(3);
