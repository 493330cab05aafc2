export default { connectToDevTools() {}, initialize() {} }
