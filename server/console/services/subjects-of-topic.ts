/** A subject that holds schemas of a topic, as its name tells. */
export type TopicSubject = {
  readonly subject: string;
  readonly part: "key" | "value" | "record";
  /** Of which record, where the name says it (TopicRecordNameStrategy). */
  readonly recordName: string | null;
};

/**
 * Subjects that belong to a topic by the two strategies that put its name first: TopicNameStrategy (`<topic>-key`, `<topic>-value`) and
 * TopicRecordNameStrategy (`<topic>-<record>`). Names of records in Avro and Protobuf have no hyphen, so that what follows the topic has none:
 * `orders-eu-value` and `orders-eu-Order` are of a topic `orders-eu`, not of `orders`. RecordNameStrategy names no topic.
 */
export function subjectsOfTopic(subjects: readonly string[], topic: string): TopicSubject[] {
  return subjects.flatMap((subject) => topicSubject(subject, topic) ?? []).sort(byPart);
}

function topicSubject(subject: string, topic: string): TopicSubject | undefined {
  const rest = subject.slice(topic.length + 1);
  if (!subject.startsWith(`${topic}-`) || rest === "" || rest.includes("-")) return undefined;
  if (rest === "key" || rest === "value") return { subject, part: rest, recordName: null };
  return { subject, part: "record", recordName: rest };
}

const order = { key: 0, value: 1, record: 2 } as const;

function byPart(a: TopicSubject, b: TopicSubject): number {
  return order[a.part] - order[b.part] || (a.subject < b.subject ? -1 : 1);
}
