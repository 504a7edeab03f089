import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import type { CameraAnswer } from "#contract/cameras-api.ts";
import type { EdgeAnswer } from "#contract/edges-api.ts";
import { account, may } from "../../account.ts";
import { errorText } from "../../api/error-text.ts";
import { ApiError } from "../../api/http.ts";
import { addCamera, changeCamera, loadCamera } from "../../api/keepclear-api.ts";
import { useLoaded } from "../../api/use-loaded.ts";
import { Icon } from "../../components/icon.tsx";
import { LeaveGuard } from "../../components/leave-guard.tsx";
import { Failure, Message } from "../../components/message.tsx";
import { say } from "../../components/notices.tsx";
import { useLiveEdges } from "../../live/use-live-lists.ts";
import { useObservable } from "../../observable.ts";
import { CameraFieldset } from "./camera-fieldset.tsx";
import { type CameraFields, emptyFields, evidenceFieldsOf, fieldsOf, problemsOf, urlOf } from "./camera-form.ts";
import { ProbePanel } from "./probe-panel.tsx";
import "./cameras.css";

/** Adds a camera, or changes one. */
export default function CameraFormPage({ id }: { readonly id: string | null }) {
	const { t } = useTranslation();
	const mayConfigure = may(useObservable(account), "configure");
	const edges = useLiveEdges();
	const camera = useLoaded(`camera form ${id}`, async (signal) =>
		id === null ? null : { found: await loadCamera(id, signal) },
	);
	if (!mayConfigure) return <Message icon="person" title={t("camera.title")} hint={t("error.forbidden")} />;
	const error = edges.error ?? camera.error;
	if (error !== null) {
		const retry = () => {
			edges.reload();
			camera.reload();
		};
		return <Failure title={t("camera.title")} error={error} onRetry={retry} />;
	}
	if (!edges.value || (id !== null && !camera.value)) return <p className="loading">{t("app.loading")}</p>;
	const working = edges.value.filter(({ revokedAt }) => revokedAt === null);
	if (id === null && working.length === 0) {
		return (
			<Message icon="edge" title={t("camera.noEdge")} hint={t("camera.noEdgeHint")}>
				<Link href="/edges" className="button primary">
					<Icon name="plus" />
					{t("edge.add")}
				</Link>
			</Message>
		);
	}
	return <CameraForm camera={camera.value?.found ?? null} edges={working} />;
}

interface CameraFormProps {
	readonly camera: CameraAnswer | null;
	readonly edges: readonly EdgeAnswer[];
}

function CameraForm({ camera, edges }: CameraFormProps) {
	const { t } = useTranslation();
	const [, navigate] = useLocation();
	const [initial] = useState<CameraFields>(() =>
		camera ? fieldsOf(camera) : { ...emptyFields, edgeId: edges.length === 1 ? (edges[0]?.id ?? "") : "" },
	);
	const [fields, setFields] = useState(initial);
	const [tried, setTried] = useState(false);
	const [busy, setBusy] = useState(false);
	const [error, setError] = useState<unknown>(null);
	const [told, setTold] = useState<{ audioOut: boolean | null; address: string } | null>(null);
	const problems = problemsOf(fields, camera);
	const dirty = JSON.stringify(fields) !== JSON.stringify(initial);

	async function save(event: FormEvent) {
		event.preventDefault();
		setTried(true);
		if (busy) return;
		if (Object.keys(problems).length > 0) {
			// After React has marked the fields.
			requestAnimationFrame(() => document.querySelector<HTMLElement>(".camera-form [aria-invalid=true]")?.focus());
			return;
		}
		setBusy(true);
		setError(null);
		try {
			const { edgeId, transport, sampleEveryMs } = fields;
			const more = { transport, sampleEveryMs, ...evidenceFieldsOf(fields) };
			const url = urlOf(fields, camera);
			const heard = told?.address === url && told.audioOut !== null ? { audioOut: told.audioOut } : {};
			const body = { name: fields.name.trim(), url, ...more, ...heard };
			const saved = camera ? await changeCamera(camera.id, body) : await addCamera({ ...body, edgeId });
			say(t("camera.savedNotice", { name: saved.name }));
			navigate(saved.zones.length === 0 ? `/cameras/${saved.id}/zones` : `/cameras/${saved.id}`);
		} catch (failure) {
			setError(failure);
			setBusy(false);
		}
	}

	const nameTaken = error instanceof ApiError && error.problems.some(({ path }) => path === "name");
	const refused = error instanceof ApiError ? error.problems.find(({ path }) => path === "url") : undefined;
	return (
		<div className="page">
			<Link href={camera ? `/cameras/${camera.id}` : "/cameras"} className="back-link">
				<Icon name="back" size={16} />
				{camera?.name ?? t("camera.title")}
			</Link>
			<h1>{camera ? t("camera.edit") : t("camera.add")}</h1>
			<div className="camera-form-columns">
				<form className="camera-form card" noValidate onSubmit={(event) => void save(event)} data-testid="camera-form">
					<CameraFieldset
						fields={fields}
						onFields={setFields}
						problems={tried ? problems : {}}
						refusedAddress={refused?.message}
						nameTaken={nameTaken}
						camera={camera}
						edges={edges}
					/>
					{error !== null && !nameTaken && (
						<p role="alert" className="inline-error">
							<Icon name="warning" />
							{errorText(t, error)}
						</p>
					)}
					<div className="buttons">
						<button type="submit" className="button primary" disabled={busy} data-testid="save-camera">
							{busy ? t("common.saving") : t("common.save")}
						</button>
						<Link href={camera ? `/cameras/${camera.id}` : "/cameras"} className="button">
							{t("common.cancel")}
						</Link>
					</div>
				</form>
				<ProbePanel fields={fields} camera={camera} onAudioOut={setTold} onProblems={() => setTried(true)} />
			</div>
			<LeaveGuard dirty={dirty && !busy} />
		</div>
	);
}
