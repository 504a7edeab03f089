import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import { loadNotices, noticeSlipUrl } from "../../api/keepclear-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Field } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { Failure } from "../../components/message.tsx";
import { NoticeForm } from "./notice-form.tsx";
import { AnnouncementList, NoticeList } from "./notice-list.tsx";

/** While one waits to be sent the page asks so often what became of it. */
const askEveryMs = 2_000;
/** The words follow the plate as it is typed, a moment later. */
const typedMs = 400;

/** The words for the driver before they go, the slip, and what became of what was sent. */
export function NoticePanel({ alert }: { readonly alert: AlertAnswer }) {
	const { t } = useTranslation();
	const [typed, setTyped] = useState<string | null>(null);
	const [plate, setPlate] = useState<string | null>(null);
	const [channel, setChannel] = useState<string | null>(null);
	const {
		value: notices,
		error,
		reload,
	} = useLoaded(`notices ${alert.id} ${plate ?? ""}`, (signal) => loadNotices(alert.id, plate ?? "", signal));
	const shown = useLast(notices);
	const proposed = shown?.proposedPlate ?? null;
	const isWaiting = shown?.notices.some(({ state }) => state === "queued") ?? false;
	// What the edge read is a proposal: it stands in the field, and who sends has seen it there.
	useEffect(() => {
		if (typed === null && proposed !== null && !proposed.includes("-")) setTyped(proposed);
	}, [typed, proposed]);
	useEffect(() => {
		const timer = setTimeout(() => setPlate(typed), typedMs);
		return () => clearTimeout(timer);
	}, [typed]);
	useEffect(() => {
		if (!isWaiting) return;
		const timer = setInterval(reload, askEveryMs);
		return () => clearInterval(timer);
	}, [isWaiting, reload]);

	if (!shown) return error === null ? null : <Failure title={t("notices.title")} error={error} onRetry={reload} />;
	const chosen = shown.channels.find(({ name }) => name === channel) ?? shown.channels[0] ?? null;
	const words = (alert.state === "open" && chosen) || shown;
	return (
		<section aria-labelledby="notices-title" data-testid="notices">
			<h3 id="notices-title">{t("notices.title")}</h3>
			<p className="soft">{t("notices.hint")}</p>
			<Field label={t("notices.plate")} hint={t("notices.plateHint")}>
				{(tied) => (
					<input
						{...tied}
						name="plate"
						maxLength={12}
						autoComplete="off"
						value={typed ?? ""}
						onChange={(event) => setTyped(event.target.value)}
					/>
				)}
			</Field>
			<figure className="notice-text" aria-label={t("notices.preview")}>
				<blockquote data-testid="notice-text">{words.text}</blockquote>
				<figcaption className="soft">
					{t(chosen?.kind === "speaker" ? "notices.spoken" : "notices.count", {
						count: words.text.length,
						parts: words.parts.length,
					})}
					{shown.phone === null && <span className="notice-warning">{t("notices.phoneMissing")}</span>}
				</figcaption>
			</figure>
			<div className="buttons">
				<a
					className="button"
					href={noticeSlipUrl(alert.id, plate ?? "")}
					target="_blank"
					rel="noopener"
					data-testid="notice-slip"
				>
					<Icon name="download" />
					{t("notices.slip")}
				</a>
			</div>
			{alert.state === "open" && (
				<NoticeForm
					alertId={alert.id}
					channels={shown.channels}
					chosen={chosen}
					onChoose={setChannel}
					plate={plate ?? ""}
					onSent={reload}
				/>
			)}
			<NoticeList notices={shown.notices} />
			<AnnouncementList announcements={shown.announcements} />
		</section>
	);
}

/** The last there was, while the next one is on its way. */
function useLast<T>(value: T | null): T | null {
	const [last, setLast] = useState(value);
	if (value !== null && value !== last) setLast(value);
	return value ?? last;
}
