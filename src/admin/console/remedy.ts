/** A remedy for whoever has buttons: the commands in it stand in brackets. */
export const withoutCommands = (remedy: string) => remedy.replaceAll(/ \("footbridge [^"]*"\)/g, '');
