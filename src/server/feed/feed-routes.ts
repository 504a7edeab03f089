import { setMaxListeners } from "node:events";
import { PassThrough } from "node:stream";
import { z } from "zod";
import { may } from "#core/roles/role-table.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import type { App } from "../http/app-type.ts";
import { findSession, personOf } from "../http/guard.ts";
import type { VisibleSites } from "../scope/visible-sites.ts";
import type { ServerParts } from "../server-parts.ts";
import { writeFeed } from "./feed-stream.ts";
import { SharedAnswers } from "./shared-answers.ts";

const position = z.coerce.number().int().min(0);
const querystring = z.object({ after: position.optional() });
const headers = z.object({ "last-event-id": position.optional().catch(undefined) });

/** A role may have changed since the stream began. */
const sitesOf = (person: SignedIn | null): VisibleSites | undefined =>
	person && may(person.user.role, "watch") ? person.sites : undefined;

/** One person's tabs and screens; browsers open six connections to a host at most. */
const mostStreamsOfOne = 20;

export function feedRoutes(app: App, parts: ServerParts): void {
	const { store, feed, log } = parts;
	const closing = new AbortController();
	setMaxListeners(0, closing.signal); // each open page listens
	app.addHook("preClose", async () => closing.abort());
	const open = new Map<string, number>();
	const openStreams = () => [...open.values()].reduce((sum, streams) => sum + streams, 0);
	const answers = new SharedAnswers(store, feed);

	app.get(
		"/api/feed",
		{
			config: { access: { right: "watch" } },
			schema: {
				tags: ["lanes"],
				summary: "Changes as server-sent events; resumes by Last-Event-ID",
				querystring,
				headers,
			},
		},
		async (request, reply) => {
			const { user } = personOf(request);
			const streams = open.get(user.id) ?? 0;
			if (streams >= mostStreamsOfOne) return reply.code(429).send({ error: "too_many_streams", message: "Too many." });
			const after = request.headers["last-event-id"] ?? request.query.after ?? feed.position();
			const out = new PassThrough({ highWaterMark: 64 * 1024 });
			const sitesNow = () => sitesOf(findSession(request, parts, { again: true }));
			open.set(user.id, streams + 1);
			writeFeed({ feed, answers, out, sitesNow, signal: closing.signal, openStreams }, after)
				.catch((error: unknown) => log.error({ err: error }, "the feed to a page broke off"))
				.finally(() => {
					open.set(user.id, (open.get(user.id) ?? 1) - 1);
					out.end();
				});
			reply.raw.once("close", () => out.destroy());
			return reply
				.type("text/event-stream")
				.header("cache-control", "no-store")
				.header("x-accel-buffering", "no") // nginx would hold back the events
				.send(out);
		},
	);
}
