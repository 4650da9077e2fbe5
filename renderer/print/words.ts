/** The words on paper, per language. Dates and numbers come from the engine. */
import { type PostStatus, STATUS_LOOK } from '../../shared/domain/status.ts'
import type { IsoDate } from '../../shared/domain/time.ts'
import type { PlanLanguage, PlanState, SectionId } from './options.ts'

export interface Words {
  readonly locale: string
  readonly rtl: boolean
  readonly contentPlan: string
  /** Between the parts of a line. */
  readonly comma: string
  readonly range: (from: string, to: string) => string
  readonly sections: Readonly<Record<Exclude<SectionId, 'months' | 'cover'>, string>>
  readonly fullDays: string
  readonly states: Readonly<Record<PlanState, string>>
  readonly statuses: Readonly<Record<PostStatus, string>>
  readonly posts: (n: number) => string
  readonly channels: (n: number) => string
  readonly more: (n: number, page: string) => string
  readonly notShown: (n: number, all: number) => string
  /** Text before the page number and between it and the last one. */
  readonly page: readonly [before: string, between: string]
  readonly zoneSteady: (zone: string, offset: string) => string
  readonly zoneChange: (zone: string, steps: readonly { offset: string; until: string }[], last: string) => string
  /** On the day the clocks change, in a field of a month page. */
  readonly clocks: (change: string) => string
  readonly made: (when: string) => string
  readonly scheduleIntro: (count: number, period: string) => string
  readonly week: (n: number) => string
  readonly noPosts: string
  readonly fullDaysIntro: string
  readonly alsoRunning: string
  readonly perWeek: (n: string) => string
  readonly approveText: string
  readonly signed: readonly [yes: string, changes: string, no: string]
  readonly missingPicture: (name: string) => string
  readonly changedSince: (when: string) => string
  readonly t: Readonly<Record<Term, string>>
}

const TERMS = [
  'status',
  'version',
  'content',
  'period',
  'preparedBy',
  'answerBy',
  'times',
  'made',
  'objective',
  'audience',
  'launch',
  'ask',
  'askText',
  'byStatus',
  'byChannel',
  'date',
  'weekday',
  'time',
  'channel',
  'channelsHead',
  'post',
  'campaign',
  'owner',
  'author',
  'pillar',
  'labels',
  'campaigns',
  'purpose',
  'share',
  'shareAimed',
  'postsHead',
  'cadence',
  'withoutDateOrChannel',
  'noCampaign',
  'milestones',
  'task',
  'due',
  'done',
  'open',
  'name',
  'role',
  'decision',
  'signature',
  'what',
  'fingerprint',
  'comments',
  'assets',
  'file',
  'size',
  'alt',
  'was',
  'is',
  'added',
  'removed',
  'title',
  'text',
  'textChanged',
  'internal',
  'notes',
  'checklist',
  'internalDue',
  'confidential',
  'words',
  'untitled',
  'nobody',
  'messageNo',
  'page',
  'firstComment',
] as const
export type Term = (typeof TERMS)[number]

const plural = (
  locale: string,
  forms: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string },
) => {
  const rules = new Intl.PluralRules(locale)
  const figures = new Intl.NumberFormat(locale)
  return (n: number) => (forms[rules.select(n)] ?? forms.other).replace('#', figures.format(n))
}
const terms = (list: string): Record<Term, string> => {
  const words = list.split('|').map((word) => word.trim())
  if (words.length !== TERMS.length)
    throw new Error(`${words.length} terms where ${TERMS.length} are needed: ${words.slice(0, 3).join(', ')}`)
  return Object.fromEntries(TERMS.map((term, at) => [term, words[at] ?? ''])) as Record<Term, string>
}

const en: Words = {
  locale: 'en-GB',
  rtl: false,
  contentPlan: 'Content plan',
  comma: ', ',
  range: (from, to) => `${from} to ${to}`,
  sections: {
    overview: 'Overview',
    summary: 'Summary',
    contents: 'Contents',
    brief: 'Brief',
    messages: 'Key messages',
    channels: 'Channels',
    pillars: 'Content pillars',
    timeline: 'Timeline',
    schedule: 'Content schedule',
    sheets: 'Post sheets',
    tasks: 'Tasks',
    team: 'Team',
    signoff: 'Sign-off',
    appendix: 'Appendix',
  },
  fullDays: 'Full days',
  states: { draft: 'draft', forApproval: 'for approval', approved: 'approved' },
  statuses: Object.fromEntries(Object.entries(STATUS_LOOK).map(([status, look]) => [status, look.word])) as Record<
    PostStatus,
    string
  >,
  posts: plural('en', { one: '# post', other: '# posts' }),
  channels: plural('en', { one: '# channel', other: '# channels' }),
  more: (n, page) => `+${n}, see page ${page}`,
  notShown: (n, all) => `${n} of ${all} posts do not fit on this page. The full plan lists every one.`,
  page: ['Page ', ' of '],
  zoneSteady: (zone, offset) => `All times ${zone} (${offset}).`,
  zoneChange: (zone, steps, last) =>
    `All times ${zone}: ${steps.map(({ offset, until }) => `${offset} until ${until}`).join(', then ')}, then ${last}.`,
  clocks: (change) => `Clocks ${change}`,
  made: (when) => `Made ${when}.`,
  scheduleIntro: (count, period) => `${count === 1 ? 'The one post' : `All ${count} posts`} of ${period}.`,
  week: (n) => `Week ${n}`,
  noPosts: 'No posts are planned in this period.',
  fullDaysIntro: 'Days with more posts than their field on the month page can hold, with all of their posts.',
  alsoRunning: 'Also running:',
  perWeek: (n) => `${n} a week`,
  approveText:
    'By signing you approve exactly this version. Any later change to text, pictures, channels or time needs a new one.',
  signed: ['Approved', 'With changes', 'Not approved'],
  missingPicture: (name) => `Picture not in the workspace: ${name}`,
  changedSince: (when) => `Changed since ${when}`,
  t: terms(
    'Status|Version|Content|Period|Prepared by|Answer by|Times|Made|Objective|Audience|Launch|The ask|Please read the schedule, note what should change, and sign on the last pages.|Posts by status|Posts by channel|Date|Day|Time|Channel|Channels|Post|Campaign|Owner|Author|Pillar|Labels|Campaigns|Purpose|Share|Aimed at|Posts|Cadence|No channel chosen|No campaign|Milestones|Task|Due|Done|Open|Name|Role|Decision|Signature|What|Fingerprint|Comments|Pictures|File|Size|Description|Was|Is|added|removed|Title|Text|rewritten|Internal|Notes|Checklist|Text due|Confidential|Words|Untitled|nobody|Message|Page|First comment',
  ),
}

const de: Words = {
  locale: 'de-DE',
  rtl: false,
  contentPlan: 'Redaktionsplan',
  comma: ', ',
  range: (from, to) => `${from} bis ${to}`,
  sections: {
    overview: 'Überblick',
    summary: 'Zusammenfassung',
    contents: 'Inhalt',
    brief: 'Briefing',
    messages: 'Kernbotschaften',
    channels: 'Kanäle',
    pillars: 'Themensäulen',
    timeline: 'Zeitplan',
    schedule: 'Beitragsplan',
    sheets: 'Beiträge im Wortlaut',
    tasks: 'Aufgaben',
    team: 'Team',
    signoff: 'Freigabe',
    appendix: 'Anhang',
  },
  fullDays: 'Volle Tage',
  states: { draft: 'Entwurf', forApproval: 'zur Freigabe', approved: 'freigegeben' },
  statuses: {
    idea: 'Idee',
    draft: 'Entwurf',
    review: 'In Prüfung',
    changes: 'Änderung erbeten',
    approved: 'Freigegeben',
    scheduled: 'Eingeplant',
    published: 'Veröffentlicht',
    cancelled: 'Abgesagt',
  },
  posts: plural('de', { one: '# Beitrag', other: '# Beiträge' }),
  channels: plural('de', { one: '# Kanal', other: '# Kanäle' }),
  more: (n, page) => `+${n}, siehe Seite ${page}`,
  notShown: (n, all) => `${n} von ${all} Beiträgen passen nicht auf diese Seite. Der volle Plan nennt alle.`,
  page: ['Seite ', ' von '],
  zoneSteady: (zone, offset) => `Alle Zeiten ${zone} (${offset}).`,
  zoneChange: (zone, steps, last) =>
    `Alle Zeiten ${zone}: ${steps.map(({ offset, until }) => `${offset} bis ${until}`).join(', dann ')}, dann ${last}.`,
  clocks: (change) => `Uhr ${change}`,
  made: (when) => `Erstellt ${when}.`,
  scheduleIntro: (count, period) =>
    `${count === 1 ? 'Der eine Beitrag' : `Alle ${count} Beiträge`} im Zeitraum ${period}.`,
  week: (n) => `Woche ${n}`,
  noPosts: 'In diesem Zeitraum sind keine Beiträge geplant.',
  fullDaysIntro: 'Tage mit mehr Beiträgen, als ihr Feld auf der Monatsseite fasst, mit allen ihren Beiträgen.',
  alsoRunning: 'Außerdem läuft:',
  perWeek: (n) => `${n} pro Woche`,
  approveText:
    'Mit der Unterschrift wird genau diese Fassung freigegeben. Spätere Änderungen an Text, Bild, Kanal oder Zeit brauchen eine neue.',
  signed: ['Freigegeben', 'Mit Änderungen', 'Nicht freigegeben'],
  missingPicture: (name) => `Bild nicht im Arbeitsbereich: ${name}`,
  changedSince: (when) => `Geändert seit ${when}`,
  t: terms(
    'Status|Fassung|Umfang|Zeitraum|Erstellt von|Antwort bis|Zeiten|Erstellt|Ziel|Zielgruppe|Start|Bitte|Bitte den Beitragsplan durchsehen, Änderungen vermerken und auf den letzten Seiten unterschreiben.|Beiträge nach Status|Beiträge nach Kanal|Datum|Tag|Zeit|Kanal|Kanäle|Beitrag|Kampagne|Zuständig|Autor|Säule|Schlagwörter|Kampagnen|Zweck|Anteil|Angestrebt|Beiträge|Rhythmus|Ohne Kanal|Ohne Kampagne|Meilensteine|Aufgabe|Fällig|Erledigt|Offen|Name|Rolle|Entscheidung|Unterschrift|Gegenstand|Prüfsumme|Anmerkungen|Bilder|Datei|Größe|Beschreibung|Bisher|Neu|neu|entfernt|Titel|Text|überarbeitet|Intern|Notizen|Checkliste|Text fällig|Vertraulich|Wörter|Ohne Titel|niemand|Botschaft|Seite|Erster Kommentar',
  ),
}

const fr: Words = {
  locale: 'fr-FR',
  rtl: false,
  contentPlan: 'Plan de contenu',
  comma: ', ',
  range: (from, to) => `du ${from} au ${to}`,
  sections: {
    overview: 'Vue d’ensemble',
    summary: 'Synthèse',
    contents: 'Sommaire',
    brief: 'Brief',
    messages: 'Messages clés',
    channels: 'Canaux',
    pillars: 'Piliers de contenu',
    timeline: 'Calendrier de la campagne',
    schedule: 'Planning des publications',
    sheets: 'Fiches de publication',
    tasks: 'Tâches',
    team: 'Équipe',
    signoff: 'Validation',
    appendix: 'Annexe',
  },
  fullDays: 'Jours chargés',
  states: { draft: 'brouillon', forApproval: 'à valider', approved: 'validé' },
  statuses: {
    idea: 'Idée',
    draft: 'Brouillon',
    review: 'En relecture',
    changes: 'À modifier',
    approved: 'Validé',
    scheduled: 'Programmé',
    published: 'Publié',
    cancelled: 'Annulé',
  },
  posts: plural('fr', { one: '# publication', other: '# publications' }),
  channels: plural('fr', { one: '# canal', other: '# canaux' }),
  more: (n, page) => `+${n}, voir page ${page}`,
  notShown: (n, all) =>
    `${n} publications sur ${all} ne tiennent pas sur cette page. Le plan complet les donne toutes.`,
  page: ['Page ', ' sur '],
  zoneSteady: (zone, offset) => `Heures : ${zone} (${offset}).`,
  zoneChange: (zone, steps, last) =>
    `Heures : ${zone}, ${steps.map(({ offset, until }) => `${offset} jusqu’au ${until}`).join(', puis ')}, puis ${last}.`,
  clocks: (change) => `Heure ${change}`,
  made: (when) => `Établi le ${when}.`,
  scheduleIntro: (count, period) =>
    `${count === 1 ? 'La seule publication' : `Les ${count} publications`} de la période ${period}.`,
  week: (n) => `Semaine ${n}`,
  noPosts: 'Aucune publication n’est prévue sur cette période.',
  fullDaysIntro:
    'Jours qui comptent plus de publications que leur case ne peut en montrer, avec toutes leurs publications.',
  alsoRunning: 'Également en cours :',
  perWeek: (n) => `${n} par semaine`,
  approveText:
    'La signature vaut pour cette version précise. Toute modification du texte, des images, des canaux ou de l’heure en demande une nouvelle.',
  signed: ['Validé', 'Avec modifications', 'Non validé'],
  missingPicture: (name) => `Image absente de l’espace : ${name}`,
  changedSince: (when) => `Modifié depuis le ${when}`,
  t: terms(
    'Statut|Version|Contenu|Période|Préparé par|Réponse avant|Heures|Établi|Objectif|Public|Lancement|La demande|Merci de parcourir le planning, de noter les changements voulus et de signer aux dernières pages.|Publications par statut|Publications par canal|Date|Jour|Heure|Canal|Canaux|Publication|Campagne|Responsable|Auteur|Pilier|Étiquettes|Campagnes|Rôle|Part|Visée|Publications|Rythme|Sans canal|Sans campagne|Jalons|Tâche|Échéance|Fait|Ouvert|Nom|Fonction|Décision|Signature|Objet|Empreinte|Remarques|Images|Fichier|Taille|Description|Avant|Maintenant|ajouté|retiré|Titre|Texte|réécrit|Interne|Notes|Liste de contrôle|Texte attendu|Confidentiel|Mots|Sans titre|personne|Message|Page|Premier commentaire',
  ),
}

const es: Words = {
  locale: 'es-ES',
  rtl: false,
  contentPlan: 'Plan de contenidos',
  comma: ', ',
  range: (from, to) => `del ${from} al ${to}`,
  sections: {
    overview: 'Vista general',
    summary: 'Resumen',
    contents: 'Índice',
    brief: 'Briefing',
    messages: 'Mensajes clave',
    channels: 'Canales',
    pillars: 'Pilares de contenido',
    timeline: 'Cronograma',
    schedule: 'Calendario de publicaciones',
    sheets: 'Fichas de publicación',
    tasks: 'Tareas',
    team: 'Equipo',
    signoff: 'Aprobación',
    appendix: 'Anexo',
  },
  fullDays: 'Días llenos',
  states: { draft: 'borrador', forApproval: 'para aprobar', approved: 'aprobado' },
  statuses: {
    idea: 'Idea',
    draft: 'Borrador',
    review: 'En revisión',
    changes: 'Cambios pedidos',
    approved: 'Aprobado',
    scheduled: 'Programado',
    published: 'Publicado',
    cancelled: 'Cancelado',
  },
  posts: plural('es', { one: '# publicación', other: '# publicaciones' }),
  channels: plural('es', { one: '# canal', other: '# canales' }),
  more: (n, page) => `+${n}, ver página ${page}`,
  notShown: (n, all) => `${n} de ${all} publicaciones no caben en esta página. El plan completo las recoge todas.`,
  page: ['Página ', ' de '],
  zoneSteady: (zone, offset) => `Horas de ${zone} (${offset}).`,
  zoneChange: (zone, steps, last) =>
    `Horas de ${zone}: ${steps.map(({ offset, until }) => `${offset} hasta el ${until}`).join(', después ')}, después ${last}.`,
  clocks: (change) => `Reloj ${change}`,
  made: (when) => `Hecho el ${when}.`,
  scheduleIntro: (count, period) =>
    `${count === 1 ? 'La única publicación' : `Las ${count} publicaciones`} del periodo ${period}.`,
  week: (n) => `Semana ${n}`,
  noPosts: 'No hay publicaciones previstas en este periodo.',
  fullDaysIntro: 'Días con más publicaciones de las que caben en su casilla, con todas ellas.',
  alsoRunning: 'También en curso:',
  perWeek: (n) => `${n} por semana`,
  approveText:
    'La firma aprueba exactamente esta versión. Todo cambio posterior de texto, imagen, canal u hora pide otra nueva.',
  signed: ['Aprobado', 'Con cambios', 'No aprobado'],
  missingPicture: (name) => `Imagen que falta en el espacio: ${name}`,
  changedSince: (when) => `Cambios desde el ${when}`,
  t: terms(
    'Estado|Versión|Contenido|Periodo|Preparado por|Respuesta antes de|Horas|Hecho|Objetivo|Público|Lanzamiento|La petición|Revise el calendario, anote los cambios y firme en las últimas páginas.|Publicaciones por estado|Publicaciones por canal|Fecha|Día|Hora|Canal|Canales|Publicación|Campaña|Responsable|Autor|Pilar|Etiquetas|Campañas|Propósito|Parte|Meta|Publicaciones|Ritmo|Sin canal|Sin campaña|Hitos|Tarea|Fecha límite|Hecha|Abierta|Nombre|Función|Decisión|Firma|Objeto|Huella|Comentarios|Imágenes|Archivo|Tamaño|Descripción|Antes|Ahora|añadido|retirado|Título|Texto|reescrito|Interno|Notas|Lista de control|Texto para el|Confidencial|Palabras|Sin título|nadie|Mensaje|Página|Primer comentario',
  ),
}

const ar: Words = {
  locale: 'ar-u-nu-latn',
  rtl: true,
  contentPlan: 'خطة المحتوى',
  comma: '، ',
  range: (from, to) => `من ${from} إلى ${to}`,
  sections: {
    overview: 'نظرة عامة',
    summary: 'الملخص',
    contents: 'المحتويات',
    brief: 'الموجز',
    messages: 'الرسائل الرئيسية',
    channels: 'القنوات',
    pillars: 'محاور المحتوى',
    timeline: 'الجدول الزمني',
    schedule: 'جدول المنشورات',
    sheets: 'بطاقات المنشورات',
    tasks: 'المهام',
    team: 'الفريق',
    signoff: 'الاعتماد',
    appendix: 'الملحق',
  },
  fullDays: 'الأيام المزدحمة',
  states: { draft: 'مسودة', forApproval: 'للاعتماد', approved: 'معتمدة' },
  statuses: {
    idea: 'فكرة',
    draft: 'مسودة',
    review: 'قيد المراجعة',
    changes: 'تعديلات مطلوبة',
    approved: 'معتمد',
    scheduled: 'مجدول',
    published: 'منشور',
    cancelled: 'ملغى',
  },
  posts: plural('ar-u-nu-latn', {
    one: 'منشور واحد',
    two: 'منشوران',
    few: '# منشورات',
    many: '# منشورًا',
    other: '# منشور',
  }),
  channels: plural('ar-u-nu-latn', {
    one: 'قناة واحدة',
    two: 'قناتان',
    few: '# قنوات',
    many: '# قناة',
    other: '# قناة',
  }),
  more: (n, page) => `+${n}، انظر الصفحة ${page}`,
  notShown: (n, all) => `${n} من ${all} لا تتسع لها هذه الصفحة. الخطة الكاملة تذكرها جميعًا.`,
  page: ['الصفحة ', ' من '],
  zoneSteady: (zone, offset) => `جميع الأوقات ${zone} (${offset}).`,
  zoneChange: (zone, steps, last) =>
    `جميع الأوقات ${zone}: ${steps.map(({ offset, until }) => `${offset} حتى ${until}`).join('، ثم ')}، ثم ${last}.`,
  clocks: (change) => `الساعة ${change}`,
  made: (when) => `أُعدّت ${when}.`,
  scheduleIntro: (count, period) => `كل المنشورات (${count}) ${period}.`,
  week: (n) => `الأسبوع ${n}`,
  noPosts: 'لا توجد منشورات مخططة في هذه الفترة.',
  fullDaysIntro: 'أيام فيها منشورات أكثر مما تتسع له خانتها في صفحة الشهر، مع كل منشوراتها.',
  alsoRunning: 'جارٍ أيضًا:',
  perWeek: (n) => `${n} في الأسبوع`,
  approveText:
    'التوقيع يعتمد هذا الإصدار تحديدًا. أي تغيير لاحق في النص أو الصور أو القنوات أو الوقت يحتاج إلى إصدار جديد.',
  signed: ['معتمد', 'مع تعديلات', 'غير معتمد'],
  missingPicture: (name) => `صورة غير موجودة: ${name}`,
  changedSince: (when) => `التغييرات منذ ${when}`,
  t: terms(
    'الحالة|الإصدار|المحتوى|الفترة|إعداد|الرد قبل|الأوقات|أُعدّت|الهدف|الجمهور|الإطلاق|المطلوب|يرجى مراجعة الجدول وتدوين التعديلات والتوقيع في الصفحات الأخيرة.|المنشورات حسب الحالة|المنشورات حسب القناة|التاريخ|اليوم|الوقت|القناة|القنوات|المنشور|الحملة|المسؤول|الكاتب|المحور|الوسوم|الحملات|الغرض|النسبة|المستهدف|المنشورات|الوتيرة|بلا قناة|بلا حملة|المحطات|المهمة|الموعد|منجزة|مفتوحة|الاسم|الدور|القرار|التوقيع|الموضوع|البصمة|ملاحظات|الصور|الملف|الحجم|الوصف|كان|أصبح|أُضيف|أُزيل|العنوان|النص|أُعيدت صياغته|داخلي|ملاحظات|قائمة التحقق|موعد النص|سري|كلمات|بلا عنوان|لا أحد|رسالة|صفحة|التعليق الأول',
  ),
}

export const WORDS: Readonly<Record<PlanLanguage, Words>> = { en, de, fr, es, ar }

export const LANGUAGE_NAME: Readonly<Record<PlanLanguage, string>> = {
  en: 'English (UK)',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
}

/** Calendar dates in the document's language. A date has no zone; midnight UTC stands for it while it is formatted. */
export function createDates({ locale }: Words) {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    // British data writes `Sept`, alone among its months with four letters.
    return (date: IsoDate) => formatter.format(new Date(`${date}T00:00:00Z`)).replace(/\bSept\b/, 'Sep')
  }
  const dayShort = format({ weekday: 'short', day: 'numeric', month: 'short' })
  const long = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const month = format({ month: 'long', year: 'numeric' })
  return {
    /** `Thu 15 Oct` */
    dayShort: (date: IsoDate) => (locale === 'en-GB' ? dayShort(date).replace(',', '') : dayShort(date)),
    weekday: format({ weekday: 'long' }),
    weekdayShort: format({ weekday: 'short' }),
    date: format({ day: 'numeric', month: 'short' }),
    /** `Friday 16 October 2026` */
    long: (date: IsoDate) => (locale === 'en-GB' ? long(date).replace(',', '') : long(date)),
    full: format({ day: 'numeric', month: 'short', year: 'numeric' }),
    /** `October 2026`, with a capital, as headings have it */
    month: (date: IsoDate) => {
      const name = month(date)
      return name.slice(0, 1).toLocaleUpperCase(locale) + name.slice(1)
    },
    monthName: format({ month: 'short' }),
  }
}
export type Dates = ReturnType<typeof createDates>
