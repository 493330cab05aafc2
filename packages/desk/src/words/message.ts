import type { AlarmMessages } from './messages/alarm-messages.ts'
import type { BookMessages } from './messages/book-messages.ts'
import type { DenialMessages } from './messages/denial-messages.ts'
import type { IntentMessages } from './messages/intent-messages.ts'
import type { OrderMessages } from './messages/order-messages.ts'
import type { RuleMessages } from './messages/rule-messages.ts'

/** Everything that the desk says, by id, with the values that its sentence needs. */
export interface Messages
  extends OrderMessages,
    BookMessages,
    IntentMessages,
    DenialMessages,
    AlarmMessages,
    RuleMessages {}

export type MessageId = keyof Messages

export type MessageOf<Id extends MessageId> = {
  [Each in Id]: { readonly id: Each; readonly values: Messages[Each] }
}[Id]

/** What the desk says, as plain data: what it means to a program, and what any language makes its sentence of. */
export type Message = MessageOf<MessageId>

/** The messages without values are said by their id alone. */
export type PlainId = { [Id in MessageId]: Record<never, never> extends Messages[Id] ? Id : never }[MessageId]

export function message<Id extends PlainId>(id: Id): MessageOf<Id>
export function message<Id extends MessageId>(id: Id, values: Messages[Id]): MessageOf<Id>
export function message(id: MessageId, values: object = {}): unknown {
  return { id, values }
}

/** The sentences of one language for some of the messages: one missing, or one too many, is an error of the compiler. */
export type SentencesOf<Some> = {
  /** @param said a message within this one, in the same language */
  readonly [Id in keyof Some]: (values: Some[Id], said: (within: Message) => string) => string
}

/** The sentences of one language. */
export type Sentences = SentencesOf<Messages>
