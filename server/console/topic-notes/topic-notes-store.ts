import { type TopicNotes, topicNotes } from "../../../lib/contracts/topic-notes.ts";
import { type SavedView, type TopicMarks } from "../../../lib/contracts/topic-marks.ts";
import type { Statement, Store } from "../engine/store/store.ts";

type NotesRow = { readonly topic: string; readonly labels: string; readonly documentation: string };

/** What people keep about topics in the console's store: notes for everybody, favourites for each, views of the list. */
export class TopicNotesStore {
  private readonly statements: ReturnType<typeof prepareAll>;

  constructor(private readonly store: Store) {
    this.statements = prepareAll(store);
  }

  /** Notes of a topic; empty ones when nobody wrote any. */
  find(cluster: string, topic: string): TopicNotes {
    const row = this.statements.find.first(cluster, topic);
    return row ? notesOf(row) : { labels: [], documentation: "" };
  }

  write(cluster: string, topic: string, { labels, documentation }: TopicNotes): void {
    if (labels.length === 0 && documentation === "") this.statements.remove.run(cluster, topic);
    else this.statements.write.run(cluster, topic, JSON.stringify(labels), documentation);
  }

  /** Labels of many topics at once; their documentation stays. */
  writeLabels(cluster: string, labels: ReadonlyMap<string, readonly string[]>): void {
    this.store.transaction(() => {
      for (const [topic, own] of labels) {
        const { documentation } = this.find(cluster, topic);
        this.write(cluster, topic, { labels: [...own], documentation });
      }
    });
  }

  /** What one person sees on the list. */
  marks(cluster: string, actor: string): TopicMarks {
    const labelled = this.statements.all.all(cluster).map((row) => [row.topic, notesOf(row).labels] as const);
    return {
      labels: Object.fromEntries(labelled.filter(([, labels]) => labels.length > 0)),
      favourites: this.statements.favourites.all(cluster, actor).map(({ topic }) => topic),
      views: this.statements.views.all(cluster),
    };
  }

  markFavourites(cluster: string, actor: string, topics: readonly string[], isFavourite: boolean): void {
    const { addFavourite, removeFavourite } = this.statements;
    const mark = isFavourite ? addFavourite : removeFavourite;
    this.store.transaction(() => {
      for (const topic of topics) mark.run(cluster, actor, topic);
    });
  }

  saveView(cluster: string, actor: string, { name, query }: Omit<SavedView, "id">): void {
    this.statements.saveView.run(cluster, name, query, actor);
  }

  removeView(cluster: string, id: number): void {
    this.statements.removeView.run(cluster, id);
  }
}

function notesOf({ labels, documentation }: NotesRow): TopicNotes {
  const parsed: unknown = JSON.parse(labels);
  return topicNotes.parse({ labels: parsed, documentation });
}

function prepareAll(store: Store) {
  const rows = (where: string): Statement<NotesRow> =>
    store.prepare<NotesRow>(`SELECT topic, labels, documentation FROM topicNotes WHERE ${where}`);
  return {
    find: rows("cluster = ? AND topic = ?"),
    all: rows("cluster = ?"),
    write: store.prepare(
      `INSERT INTO topicNotes (cluster, topic, labels, documentation) VALUES (?, ?, ?, ?)
       ON CONFLICT (cluster, topic) DO UPDATE SET labels = excluded.labels, documentation = excluded.documentation`,
    ),
    remove: store.prepare("DELETE FROM topicNotes WHERE cluster = ? AND topic = ?"),
    favourites: store.prepare<{ topic: string }>(
      "SELECT topic FROM favouriteTopic WHERE cluster = ? AND actor = ? ORDER BY topic",
    ),
    addFavourite: store.prepare("INSERT OR IGNORE INTO favouriteTopic (cluster, actor, topic) VALUES (?, ?, ?)"),
    removeFavourite: store.prepare("DELETE FROM favouriteTopic WHERE cluster = ? AND actor = ? AND topic = ?"),
    views: store.prepare<SavedView>("SELECT id, name, query FROM topicView WHERE cluster = ? ORDER BY name"),
    saveView: store.prepare(
      `INSERT INTO topicView (cluster, name, query, actor) VALUES (?, ?, ?, ?)
       ON CONFLICT (cluster, name) DO UPDATE SET query = excluded.query, actor = excluded.actor`,
    ),
    removeView: store.prepare("DELETE FROM topicView WHERE cluster = ? AND id = ?"),
  };
}
