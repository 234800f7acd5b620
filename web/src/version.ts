// The version of this build, which package.json names.

declare const __STEPGLASS_VERSION__: string;
export const kVersion = __STEPGLASS_VERSION__;
