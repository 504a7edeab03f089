import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { errorAnswer } from "#contract/error-answer.ts";
import { idSchema } from "#contract/ids.ts";
import {
	addedAnswer,
	districtBody,
	districtPatch,
	organisationAnswer,
	type PartKind,
	partyBody,
	partyPatch,
	type ResponsibleBody,
	responsibleBody,
	sectorBody,
	sectorPatch,
	siteBody,
	sitePatch,
	streetBody,
	streetPatch,
} from "#contract/organisation-api.ts";
import type { App, ByRight } from "../http/app-type.ts";
import { compressAnswer } from "../http/compress-answer.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { addNamed, addParty, addSite, addStreet, changePart, type PartPatch } from "./organisation-actions.ts";
import { readOrganisation } from "./read-organisation.ts";
import { type HasParty, setResponsible } from "./responsible-actions.ts";

const tags = ["organisation"];
const params = z.object({ id: idSchema });
const ofEverySite: ByRight = { right: "administer", everySite: true };

export function organisationRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/api/organisation",
		{
			config: { access: { right: ["watch", "administer"] } },
			onSend: compressAnswer,
			schema: {
				tags,
				summary: "What one's sites lie under, and who is responsible",
				response: { 200: organisationAnswer },
			},
		},
		async (request) => seenBy(parts, request),
	);
	addingRoutes(app, parts);
	changingRoutes(app, parts);
	responsibleRoutes(app, parts);
}

/** All of it, as far as who asks may know: what is answered to every change too. */
const seenBy = ({ store }: ServerParts, request: FastifyRequest) => readOrganisation(store, personOf(request));

function addingRoutes(app: App, parts: ServerParts): void {
	const response = { 201: addedAnswer };
	const added = (request: FastifyRequest, id: string) => ({ id, organisation: seenBy(parts, request) });

	app.post(
		"/api/organisation/districts",
		{ config: { access: ofEverySite }, schema: { tags, summary: "Add a district", body: districtBody, response } },
		async (request, reply) => reply.code(201).send(added(request, addNamed(parts, "district", request.body))),
	);

	app.post(
		"/api/organisation/sectors",
		{ config: { access: ofEverySite }, schema: { tags, summary: "Add a sector", body: sectorBody, response } },
		async (request, reply) => reply.code(201).send(added(request, addNamed(parts, "sector", request.body))),
	);

	app.post(
		"/api/organisation/parties",
		{
			config: { access: ofEverySite },
			schema: { tags, summary: "Add a responsible party", body: partyBody, response },
		},
		async (request, reply) => reply.code(201).send(added(request, addParty(parts, request.body))),
	);

	app.post(
		"/api/organisation/streets",
		{
			config: { access: { right: "administer", of: { "body.districtId": "district" } } },
			schema: { tags, summary: "Add a street", body: streetBody, response },
		},
		async (request, reply) => reply.code(201).send(added(request, addStreet(parts, request.body))),
	);

	app.post(
		"/api/organisation/sites",
		{
			config: { access: { right: "administer", of: { "body.streetId": "street" } } },
			schema: { tags, summary: "Add a site", body: siteBody, response },
		},
		async (request, reply) => reply.code(201).send(added(request, addSite(parts, request.body))),
	);
}

function changingRoutes(app: App, parts: ServerParts): void {
	const response = { 200: organisationAnswer, 409: errorAnswer };
	const changed = (request: FastifyRequest, kind: PartKind, id: string, patch: PartPatch) => {
		changePart(parts, kind, id, patch, personOf(request));
		return seenBy(parts, request);
	};

	app.patch(
		"/api/organisation/districts/:id",
		{
			config: { access: { right: "administer", of: { id: "district" } } },
			schema: { tags, summary: "Change a district", params, body: districtPatch, response },
		},
		async (request) => changed(request, "district", request.params.id, request.body),
	);

	app.patch(
		"/api/organisation/sectors/:id",
		{
			config: { access: { right: "administer", of: { id: "sector" } } },
			schema: { tags, summary: "Change a sector", params, body: sectorPatch, response },
		},
		async (request) => changed(request, "sector", request.params.id, request.body),
	);

	app.patch(
		"/api/organisation/streets/:id",
		{
			config: {
				access: {
					right: "administer",
					of: { id: "street", "body.districtId": "district", "body.partyId": "party_to_name" },
				},
			},
			schema: { tags, summary: "Change a street", params, body: streetPatch, response },
		},
		async (request) => changed(request, "street", request.params.id, request.body),
	);

	app.patch(
		"/api/organisation/sites/:id",
		{
			config: { access: { right: "administer", of: { id: "site", "body.streetId": "street" } } },
			schema: { tags, summary: "Change a site", params, body: sitePatch, response },
		},
		async (request) => changed(request, "site", request.params.id, request.body),
	);

	app.patch(
		"/api/organisation/parties/:id",
		{
			config: { access: { right: ["configure", "administer"], of: { id: "party" } } },
			schema: { tags, summary: "Change a responsible party", params, body: partyPatch, response },
		},
		async (request) => changed(request, "party", request.params.id, request.body),
	);
}

function responsibleRoutes(app: App, parts: ServerParts): void {
	const response = { 200: organisationAnswer, 409: errorAnswer };
	const named = (request: FastifyRequest, of: HasParty, body: ResponsibleBody) => {
		setResponsible(parts, of, body, personOf(request));
		return seenBy(parts, request);
	};

	app.put(
		"/api/sites/:id/party",
		{
			config: { access: { right: "configure", of: { id: "site", "body.partyId": "party_to_name" } } },
			schema: { tags, summary: "Who is responsible for a site", params, body: responsibleBody, response },
		},
		async (request) => named(request, { kind: "site", id: request.params.id }, request.body),
	);

	app.put(
		"/api/lanes/:id/party",
		{
			config: { access: { right: "configure", of: { id: "lane", "body.partyId": "party_to_name" } } },
			schema: { tags, summary: "Who is responsible for a lane", params, body: responsibleBody, response },
		},
		async (request) => named(request, { kind: "lane", id: request.params.id }, request.body),
	);
}
