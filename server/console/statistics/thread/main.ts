import { parentPort, workerData } from "node:worker_threads";
import { createLog } from "../../../environment/real/log.ts";
import { clientOf } from "../../cluster-connection.ts";
import { toProblem } from "../../to-problem.ts";
import { countTopic } from "../count-topic.ts";
import type { CountData, CountMessage } from "../count-messages.ts";

if (parentPort === null) throw new Error("a topic is counted in a thread");
const port = parentPort;
const tell = (message: CountMessage) => port.postMessage(message);
// What the job gives, and nobody else starts this file.
const { way, task } = workerData as CountData;
const client = clientOf(way, createLog({ format: "text", level: "info" }));
try {
  const { signal } = new AbortController();
  const progress = await countTopic(client, task, { signal, onNews: (news) => tell({ type: "news", progress: news }) });
  tell({ type: "ended", progress });
} catch (error) {
  const title = `${task.topic} could not be read on`;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  tell({ type: "failed", problem: toProblem(error, { title, identity: task.identity }) ?? null, detail });
} finally {
  client.close();
}
