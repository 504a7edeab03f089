import { answerQuestions } from "./load-child.ts";

/** Pages that listen and note when they hear of an alert for the first time: its id ends with the instant of its sending. */
await answerQuestions<{ url: string; cookies: readonly string[]; pages: number }, object>(
	async ({ url, cookies, pages }) => {
		let delays: number[] = [];
		let events = 0;
		const listen = async (page: number) => {
			const cookie = cookies[page % cookies.length] ?? "";
			const answer = await fetch(`${url}/api/feed`, { headers: { cookie } });
			if (!answer.ok || !answer.body) throw new Error(`the feed answered ${answer.status}`);
			const heard = new Set<string>();
			let rest = "";
			const decoder = new TextDecoder();
			void (async () => {
				for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
					const frames = (rest + decoder.decode(piece, { stream: true })).split("\n\n");
					rest = frames.pop() ?? "";
					for (const frame of frames) {
						events += 1;
						const [, id, at] = /"id":"(occ-\d+-(\d+))"/.exec(frame) ?? [];
						if (!frame.includes("event: alert") || id === undefined || heard.has(id)) continue;
						heard.add(id);
						delays.push(Date.now() - Number(at));
					}
				}
			})();
		};
		for (let page = 0; page < pages; page += 1) await listen(page);
		return async () => {
			const said = { delays: delays.sort((a, b) => a - b), events };
			delays = [];
			events = 0;
			return said;
		};
	},
);
