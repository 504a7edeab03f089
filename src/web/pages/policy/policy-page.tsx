import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PolicyAnswer, SiteRules } from "#contract/policy-api.ts";
import { defaultPolicy, mergePolicies } from "#core/scene.ts";
import { account, answersForEverySite, may } from "../../account.ts";
import { errorText } from "../../api/error-text.ts";
import { ApiError } from "../../api/http.ts";
import { changePolicy, loadPolicy } from "../../api/keepclear-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { LeaveGuard } from "../../components/leave-guard.tsx";
import { Failure } from "../../components/message.tsx";
import { say } from "../../components/notices.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { onChanges } from "../../live/live-store.ts";
import { useObservable } from "../../observable.ts";
import { formatShort } from "../../time/format-time.ts";
import { EmergencyPlates } from "./emergency-plates.tsx";
import { PolicyHoursEditor } from "./hours-editors.tsx";
import { PolicyChanges } from "./policy-changes.tsx";
import { PolicyEdges } from "./policy-edges.tsx";
import { PolicyFields } from "./policy-fields.tsx";
import { allFields } from "./policy-keys.ts";
import { RulesProblemList } from "./rules-problem-list.tsx";
import { problemsOfRules } from "./rules-problems.ts";
import { useUndo } from "./use-undo.ts";
import "./policy.css";

/** How long, how narrow, at which hours: for the whole site. */
export default function PolicyPage() {
	const { t } = useTranslation();
	const { value: policy, error, reload, put } = useLoaded("policy", loadPolicy);
	const waiting = policy?.edges.some(({ applied }) => !applied) ?? false;
	useEffect(
		() =>
			onChanges((changes) => {
				const told = changes.length === 0 || changes.some(({ kind }) => kind === "edge");
				if (told || (waiting && changes.some(({ kind }) => kind === "camera"))) reload();
			}),
		[waiting, reload],
	);
	if (!policy) {
		if (error === null) return <p className="loading">{t("app.loading")}</p>;
		return <Failure title={t("policy.title")} error={error} onRetry={reload} />;
	}
	return (
		<div className="page" data-testid="policy-page">
			<div className="page-head">
				<div>
					<h1>{t("policy.title")}</h1>
					<p>{t("policy.hint")}</p>
				</div>
			</div>
			<div className="policy-columns">
				<SitePolicy policy={policy} onPolicy={put} onReload={reload} />
				<div className="policy-side">
					<PolicyEdges edges={policy.edges} />
					<PolicyChanges changedAt={policy.changedAt} />
				</div>
			</div>
		</div>
	);
}

interface SitePolicyProps {
	readonly policy: PolicyAnswer;
	readonly onPolicy: (policy: PolicyAnswer) => void;
	readonly onReload: () => void;
}

function SitePolicy({ policy: saved, onPolicy, onReload }: SitePolicyProps) {
	const { t } = useTranslation();
	const who = useObservable(account);
	const mayConfigure = may(who, "configure") && answersForEverySite(who);
	const start: SiteRules = { policy: saved.policy, hours: saved.hours, emergencyPlates: saved.emergencyPlates };
	const { value: rules, set, undo, redo, reset } = useUndo(start);
	const [basedOn, setBasedOn] = useState(saved.changedAt);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const dirty = JSON.stringify(rules) !== JSON.stringify(start);
	const problems = problemsOfRules("fire_lane", {}, rules);
	const overtaken = saved.changedAt !== basedOn || (error instanceof ApiError && error.httpStatus === 409);

	const takeNewest = () => {
		reset();
		setBasedOn(saved.changedAt);
		setError(null);
		onReload();
	};
	useEffect(() => {
		if (saved.changedAt !== basedOn && !dirty) setBasedOn(saved.changedAt);
	}, [saved.changedAt, basedOn, dirty]);

	async function save() {
		setBusy(true);
		setError(null);
		try {
			const answer = await changePolicy({ ...rules, basedOn });
			reset();
			setBasedOn(answer.changedAt);
			onPolicy(answer);
			say(t("policy.saved"));
		} catch (failure) {
			setError(failure);
			if (failure instanceof ApiError && failure.httpStatus === 409) onReload();
		} finally {
			setBusy(false);
		}
	}

	return (
		<form
			className="card policy-card"
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				if (dirty && !busy && problems.length === 0) void save();
			}}
		>
			<p className="soft">
				{saved.changedAt === null
					? t("policy.fromConfig")
					: t("policy.fromPage", { time: formatShort(saved.changedAt, currentLanguage()) })}{" "}
				{t("policy.timeZone", { timeZone: saved.timeZone })}
			</p>
			{!mayConfigure && <p className="inline-note">{t("policy.readOnly")}</p>}
			<h2>{t("policy.wholeDay")}</h2>
			<PolicyFields
				fields={allFields}
				policy={rules.policy}
				inherited={defaultPolicy}
				hints
				disabled={!mayConfigure}
				onChange={(policy) => set({ ...rules, policy })}
			/>
			<h2>{t("policy.byHour")}</h2>
			<p className="field-hint">{t("policy.byHourHint")}</p>
			<PolicyHoursEditor
				hours={rules.hours}
				allDay={mergePolicies(defaultPolicy, rules.policy)}
				disabled={!mayConfigure}
				onChange={(hours) => set({ ...rules, hours })}
			/>
			<p className="field-hint">{t("policy.order")}</p>
			<h2>{t("exempt.listTitle")}</h2>
			<EmergencyPlates
				plates={rules.emergencyPlates}
				disabled={!mayConfigure}
				onChange={(emergencyPlates) => set({ ...rules, emergencyPlates })}
			/>
			<RulesProblemList problems={problems} />
			{overtaken && (dirty || error !== null) && (
				<p role="alert" className="inline-note">
					<Icon name="warning" />
					{t("policy.changedMeanwhile")}
					<button type="button" className="button small" onClick={takeNewest}>
						{t("policy.loadTheirs")}
					</button>
				</p>
			)}
			{error !== null && !overtaken && (
				<p role="alert" className="inline-error">
					<Icon name="warning" />
					{errorText(t, error)}
				</p>
			)}
			{mayConfigure && (
				<div className="buttons policy-buttons">
					<button type="button" className="button" disabled={!undo} data-testid="undo" onClick={() => undo?.()}>
						<Icon name="undo" />
						{t("common.undo")}
					</button>
					<button type="button" className="button" disabled={!redo} data-testid="redo" onClick={() => redo?.()}>
						<Icon name="redo" />
						{t("common.redo")}
					</button>
					<span className="saved-state" role="status">
						{dirty && (problems.length > 0 ? t("policy.mustFix") : t("policy.unsaved"))}
					</span>
					<button type="button" className="button" disabled={!dirty || busy} onClick={() => reset()}>
						{t("policy.discard")}
					</button>
					<button
						type="submit"
						className="button primary"
						data-testid="save-policy"
						disabled={!dirty || busy || problems.length > 0}
					>
						{busy ? t("common.saving") : t("policy.save")}
					</button>
				</div>
			)}
			<LeaveGuard dirty={dirty} />
		</form>
	);
}
