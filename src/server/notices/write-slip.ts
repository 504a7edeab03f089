import { duration, wallTime } from "#core/evidence/written-time.ts";
import { bytesOf, openPaper, writeText } from "../documents/paper.ts";
import { type NoticeFacts, plateForOthers } from "./notice-words.ts";

const page = { width: 419.53, height: 595.28 };
const inner = { x: 36, width: page.width - 72 };

/** 挪车告知单 for the windscreen: PDF, A5, one page. Everybody passing by reads it: the plate is shown in part alone. */
export async function writeSlip(facts: NoticeFacts, madeAt: number): Promise<Buffer> {
	const paper = openPaper({ size: "A5", title: "挪车告知单", madeAt });
	paper.addPage();
	const plate = plateForOthers(facts.plate) ?? "（以实际车辆为准）";
	let y = 44;
	y += writeText(paper, "挪车告知单", { ...inner, y }, { size: 26, align: "center" });
	y +=
		writeText(paper, "Please move your vehicle", { ...inner, y }, { size: 12, align: "center", colour: "#444" }) + 14;
	y += writeText(paper, plate, { ...inner, y }, { size: 22, align: "center" }) + 14;
	const [since, until] = [facts.enteredAt, madeAt].map((at) => wallTime(facts.timeZone, at).slice(0, 16));
	const said = [
		`尊敬的车主：您的车辆自 ${since} 起停放，至 ${until} 已 ${duration(madeAt - facts.enteredAt)}。地点：${facts.site} ${facts.lane}`,
		"这里是消防车通道，发生火灾时消防车要从这里通过。为了您和大家的安全，请尽快将车辆移至停车位。感谢您的理解与配合。",
		"Your vehicle stands in a fire lane. Fire engines need this way when there is a fire. Please move it as soon as you can. Thank you.",
	];
	for (const text of said) y += writeText(paper, text, { ...inner, y }, { size: 12, lines: 6 }) + 8;
	y += 8;
	const call =
		facts.phone === null ? "请联系物业服务人员 / Please ask the property's staff" : `联系电话 Tel: ${facts.phone}`;
	y += writeText(paper, call, { ...inner, y }, { size: 15, align: "center", lines: 2 });
	const foot = { ...inner, y: page.height - 62 };
	writeText(paper, "本单是提醒，不是罚款单，也不是违法停车告知单。This is a reminder, not a ticket.", foot, {
		...{ size: 8.5, align: "center", colour: "#444", lines: 2 },
	});
	const number = { ...inner, y: page.height - 36 };
	writeText(paper, `编号 ${facts.alertId}`, number, { size: 7, align: "center", colour: "#666" });
	return bytesOf(paper);
}
