import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { describeJudged } from "../testing/judges.ts";
import { quickJvm } from "../testing/kafka-tool.ts";
import { kafkaClasspath } from "../testing/maven.ts";
import { runProcess } from "../testing/run-process.ts";
import { kafkaErrors } from "./errors.ts";
import { arbitraryOf } from "./testing/arbitrary.ts";
import { everyVersion } from "./testing/every-codec.ts";

const VALUES_A_VERSION = 20;
const judge = fileURLToPath(new URL("./testing/MessageJudge.java", import.meta.url));

describeJudged("Apache Kafka's own classes", ["java", "mvn"], () => {
  test("read every message of every version that we encode, and write the same bytes", async () => {
    const questions = everyVersion().flatMap(({ codec, version }) =>
      fc.sample(arbitraryOf(codec.fields, version), VALUES_A_VERSION).map((value) => ({
        about: `${codec.name} ${version}`,
        bytes: codec.encodeToBuffer(value, version).toString("hex"),
      })),
    );
    const answers = await ask("messages", questions.map(({ about, bytes }) => `${about} ${bytes}\n`).join(""));
    const differences = questions
      .map(({ about, bytes }, index) => ({ about, ours: bytes, kafkas: answers[index] }))
      .filter(({ ours, kafkas }) => ours !== kafkas);
    expect(differences.slice(0, 5)).toEqual([]);
    expect(answers).toHaveLength(questions.length);
  });

  test("have the error codes that we have, with the same names, and retry the same", async () => {
    const ours = [...kafkaErrors.values()].map(({ code, name, isRetriable }) => `${code} ${name} ${isRetriable}`);
    expect(ours).toEqual(await ask("errors", ""));
  });
});

/** The lines that the Java program prints for this input. */
async function ask(mode: "messages" | "errors", stdin: string): Promise<string[]> {
  const classpath = await kafkaClasspath("4.2");
  const { exitCode, stdout, stderr } = await runProcess("java", [...quickJvm, "-cp", classpath, judge, mode], {
    stdin,
  });
  expect(exitCode, stderr).toBe(0);
  return stdout.trimEnd().split("\n");
}
