/** The least that a program made with Ink does, as installed: the peer of the start-up bench. */
import { render, Text } from 'ink'
import { createElement } from 'react'

render(createElement(Text, null, 'Hello-END'))
// It is asked what it took when it is seen, and must still be there.
setTimeout(() => {}, 500)
