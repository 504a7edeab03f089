import { expect, test } from "vitest";
import { endings, keepPage } from "../support/story.ts";
import { signedIn, startWatchedSite } from "../support/watched-site.ts";

const atEnd = endings();

test("two officers act on one alert at once: the second sees who was first, and what was typed is kept", async () => {
	const { server, browser, raise } = await startWatchedSite(atEnd);
	raise("occ-1");
	const problems: string[][] = [];
	const anna = await signedIn(browser, server.url, "安娜", { problems });
	const berta = await signedIn(browser, server.url, "白天", {
		problems,
		// Her page hears nothing of it before she sends: her line is slower than Anna's hand.
		before: (page) => page.route("**/api/feed*", (route) => route.abort()),
	});
	await berta.goto(`${server.url}/alerts/occ-1`);
	await berta.getByTestId("handle-false_alarm").click();
	await berta.locator("select[name=reason]").selectOption("other");
	await berta.locator("textarea[name=note]").fill("是我们自己的清洁车");

	await anna.getByTestId("alert-card").waitFor();
	await anna.keyboard.press("a");
	await anna.locator("[data-testid=alert-card] >> text=已确认").waitFor();
	await berta.getByTestId("handling-save").click();
	const words = berta.getByTestId("ask-handling").getByTestId("handling-problem");
	await words.waitFor();
	expect(await words.innerText()).toContain("安娜");
	expect(await berta.locator("textarea[name=note]").inputValue()).toBe("是我们自己的清洁车");
	await berta.getByTestId("handling-save").click();
	await berta.locator("[data-testid=handling][data-state=false_alarm]").waitFor();
	await keepPage("two-officers", berta);
	await berta.getByTestId("handling-log").getByText("白天").first().waitFor(); // her own word comes with the next answer
	const log = await berta.getByTestId("handling-log").innerText();
	expect(log.indexOf("安娜")).toBeLessThan(log.indexOf("白天"));
	await anna.locator("[data-testid=alert-card] >> text=误报").first().waitFor();
	expect(problems.flat()).toEqual([]);
});
