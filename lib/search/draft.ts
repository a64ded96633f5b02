/** A text that is being written over the one that the address holds. */
export type Draft = {
  readonly text: string;
  /** The address as it was when this was written, then those that searches begun from here will give it. */
  readonly over: readonly [string, ...string[]];
};

/** The draft of an address that nobody has written over. */
export function draftOf(address: string): Draft {
  return { text: address, over: [address] };
}

/** The draft as the address has it now: a search that was begun here and comes into it takes nothing away, an address changed elsewhere does. */
export function draftAt(draft: Draft, address: string): Draft {
  if (draft.over[0] === address) return draft;
  const arrived = draft.over.indexOf(address);
  return arrived < 0 ? draftOf(address) : { text: draft.text, over: [address, ...draft.over.slice(arrived + 1)] };
}

/** What is written next. Without a search that is starting, none will come into the address. */
export function writeOver({ over }: Draft, text: string, isStarting: boolean): Draft {
  return { text, over: isStarting ? over : [over[0]] };
}

/** A search for a text is begun: the address will hold it as soon as the search has a number. */
export function beginFrom({ text, over }: Draft, begun: string): Draft {
  return { text, over: [...over, begun] };
}
