import { brokerConfigs, isForeignConfigName } from "./broker-configs.ts";
import { topicConfigSynonyms } from "./topic-config-synonyms.ts";
import { isTopicConfigName } from "./topic-configs.ts";

/** Why a name is not taken as a broker config, with what to do. */
export function explainUnknownName(name: string): string {
  if (isForeignConfigName(name)) return "Apache Kafka has this setting, but nothing here answers to it: remove it";
  const synonym = isTopicConfigName(name) ? topicConfigSynonyms[name] : null;
  if (synonym !== null) return `this is a setting of topics: for the whole cluster use ${synonym}`;
  const near = nearestName(name);
  return near === undefined ? "there is no such setting" : `there is no such setting: did you mean ${near}?`;
}

/** Names further away than this are not what was meant. */
const EDITS_MAX = 4;

function nearestName(name: string): string | undefined {
  let best: string | undefined;
  let bestEdits = EDITS_MAX + 1;
  for (const known of Object.keys(brokerConfigs)) {
    if (Math.abs(known.length - name.length) >= bestEdits) continue;
    const edits = editDistance(name, known);
    if (edits >= bestEdits) continue;
    best = known;
    bestEdits = edits;
  }
  return best;
}

/** Levenshtein's distance: letters to insert, delete or replace. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_unused, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replace = (previous[column - 1] ?? 0) + (from.charAt(row - 1) === to.charAt(column - 1) ? 0 : 1);
      current.push(Math.min(replace, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
