// The copy in the words of the Data Privacy Vocabulary (W3C DPVCG), as its guide maps ISO/IEC TS 27560.

import { PROFILE } from './export.js';

/** @type {{ [state: string]: string }} dpv:ConsentStatus */
const STATUS = { given: 'ConsentGiven', renewed: 'RenewedConsentGiven', refused: 'ConsentRefused', withdrawn: 'ConsentWithdrawn' };

/** @type {{ [who: string]: string }} by whom something was said */
const WHO = { 'PII principal': 'dpv:DataSubject', 'parent or guardian': 'dpv:ParentOfDataSubject', 'browser signal': 'dpv:DataSubject' };

/** @type {{ [basis: string]: object }} */
const BASIS = {
  necessary: { 'dpv:hasNecessity': 'dpv:Required' },
  consent: { 'dpv:hasLegalBasis': 'dpv:Consent' },
  // No consent was asked for: it runs until the visitor objects, or opts out.
  objection: { 'dpv:hasEntityInvolvement': 'dpv:OptingOutFromProcess' },
};

/** What was said, about what, when and how. @param {any} event */
const said = (event) => ({
  'dct:subject': event.subject,
  'dpv:isIndicatedAtTime': event.time,
  'dpv:hasDuration': event.validityDuration,
  'dpv:isIndicatedBy': WHO[event.indicatedBy],
  'dpv:hasIndicationMethod': `${event.action} (${event.indicatedBy == 'browser signal' ? event.indicatedBy : event.screen})`,
});

/** @param {{ [name: string]: any }} copy what `exportRecord` answers */
export const asLinkedData = ({ recordId, receiptId, piiPrincipalId, exported, site, piiProcessing, parties, events, record }) => {
  /** @type {any[]} */
  const all = events;
  const party = /** @param {string} id */ (id) => `${site}/#consentry-${id}`;
  const common = piiProcessing[0];
  return {
    '@context': {
      dpv: 'https://w3id.org/dpv#',
      dct: 'http://purl.org/dc/terms/',
      rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
      'dct:conformsTo': { '@type': '@id' },
      'dpv:hasLegalBasis': { '@type': '@id' },
      'dpv:hasNecessity': { '@type': '@id' },
      'dpv:hasEntityInvolvement': { '@type': '@id' },
      'dpv:isIndicatedBy': { '@type': '@id' },
      'dpv:hasRecipient': { '@type': '@id' },
      'dpv:hasDataController': { '@type': '@id' },
      'dpv:isExercisedAt': { '@type': '@id' },
      'dct:created': { '@type': 'xsd:dateTime' },
      'dpv:isIndicatedAtTime': { '@type': 'xsd:dateTime' },
    },
    '@id': `${site}/#consentry-${encodeURIComponent(recordId)}`,
    '@type': 'dpv:ConsentRecord',
    'dct:conformsTo': PROFILE,
    'dct:identifier': recordId,
    'dpv:hasIdentifier': receiptId,
    'dct:created': exported,
    'dpv:hasDataSubject': { '@type': 'dpv:DataSubject', 'dct:identifier': piiPrincipalId },
    'dpv:hasDataController': party('controller'),
    'dpv:hasJurisdiction': common.jurisdiction,
    'dpv:hasNotice': { '@type': 'dpv:ConsentNotice', '@id': common.privacyNotice, 'dct:language': common.language },
    'dpv:hasEntity': parties.map((/** @type {any} */ { id, name, role, address, contact }) => ({
      '@id': party(id),
      '@type': ['dpv:Organisation', role == 'third party' ? 'dpv:ThirdParty' : 'dpv:DataController'],
      'dpv:hasName': name,
      'dpv:hasAddress': address,
      'dpv:hasContact': contact,
    })),
    'dpv:hasProcess': piiProcessing.map((/** @type {any} */ row) => ({
      '@type': 'dpv:Process',
      'dct:identifier': row.id,
      'dpv:hasService': row.service,
      'dpv:hasPurpose': row.purposes,
      ...BASIS[row.lawfulBasis],
      'dpv:hasPersonalData': row.piiInformation.map((/** @type {any} */ { type, name }) => `${type}: ${name}`),
      'dpv:hasStorageCondition': [
        { '@type': 'dpv:StorageLocation', 'dpv:hasLocation': row.storageLocations },
        { '@type': 'dpv:StorageDuration', 'dpv:hasDuration': row.retentionPeriod },
      ],
      'dpv:hasRecipient': row.recipientThirdParties.map(party),
    })),
    'dpv:hasConsentControl': { '@type': ['dpv:ProvideConsent', 'dpv:WithdrawConsent'], 'dpv:isExercisedAt': site },
    'dpv:hasRight': common.privacyRights.map((/** @type {any} */ { kind, url }) => ({ '@type': 'dpv:DataSubjectRight', 'dct:title': kind, 'dpv:isExercisedAt': url })),
    'dpv:hasConsentStatus': all.filter(({ type }) => type != 'opt-out').map((event) => ({ '@type': ['dpv:' + STATUS[event.state], 'dpv:ExpressedConsent'], ...said(event) })),
    'dpv:hasEntityInvolvement': all.filter(({ type }) => type == 'opt-out').map((event) => ({ '@type': 'dpv:OptingOutFromProcess', ...said(event) })),
    'rdf:value': record,
  };
};
