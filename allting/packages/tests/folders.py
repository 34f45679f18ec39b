"""Small packages for tests."""

PACKAGE = """\
id: solvik
title: {sv: Solviks kommun, en: Municipality of Solvik}
version: 1.0.0
licence: EUPL-1.2
languages: [sv, en]
parameters:
  municipality-code: {value: "2599", type: text, says: {sv: Kommunkod, en: Municipality code}}
"""

ORGANISATION = """\
name: {sv: Solviks kommun, en: Municipality of Solvik}
contact: {phone: "+46 10 555 00 00", email: kontakt@solvik.example}
boards:
  - {id: technical, name: {sv: Tekniska nämnden, en: Technical board}, series: TN}
roles:
  - {id: administrator, name: {sv: Handläggare, en: Caseworker}}
  - {id: decision-maker, name: {sv: Beslutsfattare, en: Decision maker}}
"""
