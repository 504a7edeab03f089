import type { ServerParts } from "../server-parts.ts";

/** What accounts and sessions work with. */
export type AccountParts = Pick<ServerParts, "store" | "config" | "now">;
