import { expect, it } from "vitest";
import { Scrubber } from "../../src/cli/diagnostics/scrub.ts";

const scrubbed = (text: string) => new Scrubber([], "/opt/keepclear").text(text);

it.each([
	["an address that stands behind a long word", `${"x9.".repeat(20)}rtsp://user:pa5s@10.0.0.1/live`, "pa5s"],
	["a password too long for a mail's name", `user:${"p@5s".repeat(3)}${"q7-".repeat(30)}@host.example`, "q7-"],
	["a short address of IPv6 behind a word", `from ffff${"0".repeat(20)}::1`, "::1"],
])("%s is taken out whole", (_, text, secret) => expect(scrubbed(text)).not.toContain(secret));
