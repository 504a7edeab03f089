import type { MissingReason } from "#core/evidence/missing-reason.ts";
import type { RoadClass } from "#core/evidence/law-basis.ts";
import type { PlateClass, PlateColour } from "#core/plates/grammar.ts";
import type { EvidenceKind } from "#contract/evidence-kinds.ts";

/** What papers say for the words of the code. Papers go to authorities and drivers: they are in Chinese alone. */
export const labelWords: Readonly<Record<string, string>> = {
	car: "小汽车",
	truck: "货车",
	bus: "客车",
	motorcycle: "摩托车或电动自行车",
	bicycle: "自行车",
	vehicle: "车辆",
	object: "堆物",
};

export const photoWords: Readonly<Record<EvidenceKind, string>> = {
	still_entry: "小图（驶入）",
	still_raised: "小图（告警）",
	panorama_entry: "全景图一（驶入时）",
	panorama_confirmed: "全景图二（确认时）",
	plate: "号牌特写",
	panorama_cleared: "清除后全景图",
	reference: "堆放前空通道",
	outline: "堆物轮廓图",
	overlay: "叠加信息副本",
	clip: "视频片段",
};

export const missingWords: Readonly<Record<MissingReason, string>> = {
	no_video: "当时的视频没有录下来，或已被覆盖",
	left_before: "在规定的拍摄时间之前已经离开",
	no_room: "边缘节点磁盘空间不足",
	failed: "视频无法解码或写入",
	not_seen_free: "告警不是由摄像机确认畅通而解除的",
	plate_not_read: "停留期间未能读出号牌",
	camera_removed: "摄像机已不再监测",
	given_up: "已拍摄，但边缘节点待传证据过多，上传前已删除",
	lost: "已拍摄，但上传前文件在边缘节点丢失或被改动",
	refused: "已拍摄，但服务器拒绝接收",
};

export const roadClassWords: Readonly<Record<RoadClass, string>> = {
	closed_estate: "封闭小区（单位）内部通道",
	public_road: "公共道路",
};

const plateClassWords: Readonly<Record<PlateClass, string>> = {
	small: "小型汽车",
	large: "大型汽车",
	trailer: "挂车",
	learner: "教练汽车",
	police: "警用汽车",
	emergency: "应急救援专用",
	"new-energy-small": "小型新能源汽车",
	"new-energy-large": "大型新能源汽车",
	"hong-kong": "香港入出境车",
	macau: "澳门入出境车",
	embassy: "使馆汽车",
	consulate: "领馆汽车",
	foreign: "外籍汽车",
	military: "军车",
	"armed-police": "武警车",
	temporary: "临时号牌",
};

const colourWords: Readonly<Record<PlateColour, string>> = {
	blue: "蓝色",
	yellow: "黄色",
	green: "渐变绿色",
	"yellow-green": "黄绿双拼色",
	white: "白色",
	black: "黑色",
	unknown: "颜色未辨",
};

/** A word that is not known here is told as it came. */
export const plateClassWord = (word: string): string => plateClassWords[word as PlateClass] ?? word;
export const colourWord = (word: string): string => colourWords[word as PlateColour] ?? word;
