/** Nothing of our own runs beside the peer: without this file the bundler would find the project's. */
export function register(): void {}
