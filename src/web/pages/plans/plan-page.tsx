import { type ChangeEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { maxPlanBytes, type PlanAnswer, planContentTypes } from "#contract/plans-api.ts";
import { account, may } from "../../account.ts";
import { errorText } from "../../api/error-text.ts";
import { ApiError } from "../../api/http.ts";
import { loadPlans, putPlanPicture } from "../../api/plans-api.ts";
import { loadSiteCard } from "../../api/station-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { say } from "../../components/notices.tsx";
import { useObservable } from "../../observable.ts";
import { PlanCanvas } from "./plan-canvas.tsx";

/** A site's plan: uploaded, and drawn on. */
export default function PlanPage({ siteId }: { readonly siteId: string }) {
	const { t } = useTranslation();
	const mayDraw = may(useObservable(account), "configure");
	const { value, error, reload } = useLoaded(`plan ${siteId}`, loadPlans);
	const card = useLoaded(`card ${siteId}`, (signal) => loadSiteCard(siteId, signal));
	const [changed, setChanged] = useState<PlanAnswer | null>(null);
	if (!mayDraw) return <Message icon="warning" title={t("plan.adminOnly")} />;
	if (!value) {
		if (error !== null) return <Failure title={t("plan.title")} error={error} onRetry={reload} />;
		return <p className="loading">{t("app.loading")}</p>;
	}
	const site = value.sites.find((one) => one.siteId === siteId);
	const plan = changed ?? site?.plan ?? null;
	return (
		<div className="page" data-testid="plan-page">
			<Link href="/" className="back-link">
				<Icon name="back" size={16} />
				{t("app.wall")}
			</Link>
			<div className="page-head">
				<h1>{t("plan.titleOf", { site: site?.siteName ?? siteId })}</h1>
				<Link href={`/sites/${siteId}/card`} className="button" data-testid="to-card">
					<Icon name="pencil" />
					{t("siteCard.title")}
				</Link>
				<UploadButton siteId={siteId} isFirst={plan === null} onPlan={setChanged} />
			</div>
			{plan ? (
				// Another picture, or what somebody else has saved: begun anew from there.
				<PlanCanvas key={plan.pictureId} plan={plan} features={card.value?.card.features ?? []} onPlan={setChanged} />
			) : (
				<Message icon="grid" title={t("plan.none")} hint={t("plan.limits")} />
			)}
		</div>
	);
}

interface UploadButtonProps {
	readonly siteId: string;
	readonly isFirst: boolean;
	readonly onPlan: (plan: PlanAnswer) => void;
}

function UploadButton({ siteId, isFirst, onPlan }: UploadButtonProps) {
	const { t } = useTranslation();
	const input = useRef<HTMLInputElement>(null);
	const [busy, setBusy] = useState(false);

	async function upload({ target }: ChangeEvent<HTMLInputElement>) {
		const file = target.files?.[0];
		target.value = "";
		if (!file || busy) return;
		if (file.size > maxPlanBytes) return say(t("plan.tooLarge"), "bad");
		if (!planContentTypes.some((type) => type === file.type)) return say(t("plan.wrongType"), "bad");
		setBusy(true);
		try {
			onPlan(await putPlanPicture(siteId, file));
			say(t("plan.stored"));
		} catch (failure) {
			const status = failure instanceof ApiError ? failure.httpStatus : 0;
			const word = status === 413 ? "tooLarge" : status === 415 ? "wrongType" : status === 422 ? "broken" : null;
			say(word ? t(`plan.${word}`) : errorText(t, failure), "bad");
		} finally {
			setBusy(false);
		}
	}

	return (
		<>
			<input
				ref={input}
				type="file"
				hidden
				accept={planContentTypes.join(",")}
				data-testid="plan-file"
				onChange={(event) => void upload(event)}
			/>
			<button
				type="button"
				className={isFirst ? "button primary" : "button"}
				disabled={busy}
				onClick={() => input.current?.click()}
			>
				<Icon name="plus" />
				{t(busy ? "plan.uploading" : isFirst ? "plan.upload" : "plan.replace")}
			</button>
		</>
	);
}
