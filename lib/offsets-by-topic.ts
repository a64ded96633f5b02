/** An offset of a partition, or null where there is none. */
type Place<Offset> = { readonly topic: string; readonly partition: string; readonly offset: Offset };

/** Puts offsets together by topic and partition. Topics may have any legal name, "constructor" too, of which an object seems to have something already. */
export function offsetsByTopicOf<Offset>(places: Iterable<Place<Offset>>): Record<string, Record<string, Offset>> {
  const topics = new Map<string, Record<string, Offset>>();
  for (const { topic, partition, offset } of places)
    topics.set(topic, Object.assign(topics.get(topic) ?? {}, { [partition]: offset }));
  return Object.fromEntries(topics);
}
