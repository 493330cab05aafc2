// Yoga, which Ink lays out with, loads its WebAssembly through `fetch` where there is one, and that costs about 90 ms of start-up in
// Node; without it, it decodes the bytes itself. Nothing in the painting thread speaks HTTP.
Reflect.deleteProperty(globalThis, 'fetch')

export {}
