/** A sentence of ours that puts what is to be typed between backticks. */
import type { VNode } from 'preact';

export function Commands({ text }: { readonly text: string }): VNode {
  return <>{text.split('`').map((part, at) => (at % 2 === 1 ? <code key={part}>{part}</code> : part))}</>;
}
