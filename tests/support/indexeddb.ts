/** Before any test: Dexie looks for IndexedDB once, when it is loaded. */
import 'fake-indexeddb/auto'
