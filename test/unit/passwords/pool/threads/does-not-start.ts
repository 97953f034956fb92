/** A thread that does not start. */
throw new Error('The worker does not load.');
