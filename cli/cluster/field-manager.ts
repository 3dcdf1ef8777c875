/** Under this name the CLI changes objects, so that it finds again what it made. */
export const fieldManager = 'usher';
