export function filesBelow(folder: string, wanted?: (path: string) => boolean): string[]
