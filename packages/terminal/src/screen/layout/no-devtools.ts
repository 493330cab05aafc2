// Stands in the bundle for `react-devtools-core`, which Ink asks for only while Ink itself is developed.
export default {}
