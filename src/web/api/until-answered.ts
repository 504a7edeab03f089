const askEveryMs = 700;

/** Asks again and again while the answer is only that somebody is at it. @throws what `ask` throws */
export async function untilAnswered<Answer extends { readonly state: string }>(
	first: Answer,
	ask: () => Promise<Answer>,
): Promise<Answer> {
	let answer = first;
	while (answer.state === "waiting") {
		await new Promise((resolve) => setTimeout(resolve, askEveryMs));
		answer = await ask();
	}
	return answer;
}
