// What scripts/build makes of the C++ code; vite.config.ts says where it lies.
declare module '@stepglass/wasm' {
  const create: (options: object) => Promise<object>;
  export default create;
}
declare module '@stepglass/wasm/*.wasm?url' {
  const url: string;
  export default url;
}
