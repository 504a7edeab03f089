import { readdirSync, readFileSync } from "node:fs";
import type { MessageKind } from "#contract/messages/index.ts";

export interface MessageFixture {
	readonly name: string;
	readonly kind: MessageKind;
	readonly payload: unknown;
	readonly why?: string;
}

const folder = new URL("../../fixtures/messages/v1/", import.meta.url);

/** The examples of the wire contract, one file a case. */
export function messageFixtures(which: "valid" | "invalid"): readonly MessageFixture[] {
	return readdirSync(new URL(`${which}/`, folder))
		.filter((name) => name.endsWith(".json"))
		.sort()
		.map((file) => ({
			name: file.slice(0, -".json".length),
			...(JSON.parse(readFileSync(new URL(`${which}/${file}`, folder), "utf8")) as Omit<MessageFixture, "name">),
		}));
}
