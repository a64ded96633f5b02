import "server-only";
import { type Actor, localUser } from "@/server/console/actor";

/** Who acts in this request. The console answers only to its own host names, so it is whoever sits at this machine. */
export function currentActor(): Promise<Actor> {
  return Promise.resolve(localUser);
}
