import i18next from "i18next";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { initReactI18next } from "react-i18next";
import { beforeAll, expect, test } from "vitest";
import { zhFirst } from "../../src/web/i18n/first-words.zh-CN.ts";
import { zhMore } from "../../src/web/i18n/more-words.zh-CN.ts";
import { PhotoSet } from "../../src/web/pages/alerts/photo-set.tsx";
import { evidenceSet, facts, itemOf } from "../support/transfer-facts.ts";

beforeAll(async () => {
	const resources = { "zh-CN": { page: { ...zhFirst, ...zhMore } } };
	await i18next.use(initReactI18next).init({ lng: "zh-CN", defaultNS: "page", resources });
});

test("the alert's page says what was taken and lost, and why: photos, stills, clips, copies with words", () => {
	const gone = { state: "missing", capturedAt: null, sha256: null } as const;
	const items = [
		itemOf("panorama_entry", { ...gone, reason: "given_up" }),
		itemOf("panorama_confirmed"),
		itemOf("clip", { ...gone, reason: "lost" }),
		itemOf("still_raised", { ...gone, reason: "refused" }),
		itemOf("overlay", { ...gone, reason: "given_up" }),
	];
	const alert = { ...facts.alert, evidenceSet: { ...evidenceSet, items } };
	const html = renderToStaticMarkup(createElement(PhotoSet, { alert }));
	for (const told of [
		"全景一 · 驶入时：已拍摄，但边缘节点待传证据过多，上传前已删除",
		"视频片段（驶入前后）：已拍摄，但上传前文件在边缘节点丢失或被改动",
		"抓拍图（触发时）：已拍摄，但服务器拒绝接收",
		"叠加信息副本：已拍摄，但边缘节点待传证据过多，上传前已删除",
	])
		expect(html).toContain(told);
});
