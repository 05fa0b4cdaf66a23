import { z } from 'zod';

// Imported before anything else: zod would else try `new Function`, which the content security policy reports.
z.config({ jitless: true });
