#include "session/cues.h"

#include <string.h>

enum { MAX_CUES = 1000000, MAX_PEOPLE = 10000 };

lp_status lp_cues_add(lp_cues *c, lp_arena *a, int64_t start_us, int64_t end_us,
                      const char *text, int person, lp_diag *d)
{
    char *copy = lp_arena_strdup(a, text);
    if (!copy ||
        lp_arena_grow(a, (void **)&c->items, c->n, &c->cap, sizeof(*c->items), MAX_CUES) != 0)
        return lp_fail_nomem(d);
    c->items[c->n++] = (lp_cue){ start_us, end_us, copy, person, 0, 0, 0 };
    return LP_OK;
}

int lp_cues_person(lp_cues *c, lp_arena *a, const char *name, size_t n)
{
    for (size_t i = 0; i < c->n_people; i++)
        if (strlen(c->people[i].name) == n && memcmp(c->people[i].name, name, n) == 0)
            return (int)i;
    char *copy = lp_arena_strndup(a, name, n);
    if (!copy || lp_arena_grow(a, (void **)&c->people, c->n_people, &c->cap_people,
                               sizeof(*c->people), MAX_PEOPLE) != 0)
        return -1;
    c->people[c->n_people].name = copy;
    return (int)c->n_people++;
}

/* The others' people are looked up by name, which takes long where there are many: once for each person. */
static lp_status join_people(lp_cues *c, lp_cues *other, lp_arena *a, lp_diag *d)
{
    int *place = lp_arena_alloc(a, other->n_people, sizeof(*place));
    if (!place)
        return lp_fail_nomem(d);
    for (size_t i = 0; i < other->n_people; i++)
        place[i] = -1;
    for (size_t i = 0; i < other->n; i++) {
        int *person = &other->items[i].person;
        if (*person < 0)
            continue;
        const char *name = other->people[*person].name;
        if (place[*person] < 0)
            place[*person] = lp_cues_person(c, a, name, strlen(name));
        if (place[*person] < 0)
            return lp_fail_nomem(d);
        *person = place[*person];
    }
    return LP_OK;
}

lp_status lp_cues_join(lp_cues *c, lp_arena *a, lp_diag *d)
{
    lp_status s = LP_OK;
    for (size_t i = 0; s == LP_OK && i < c->n_others; i++) {
        lp_findings *said = &c->others[i].findings;
        s = join_people(c, &c->others[i], a, d);
        for (size_t k = 0; s == LP_OK && k < said->n; k++) {
            const lp_finding *f = &said->items[k];
            s = lp_finding_add(&c->findings, a, f->code, f->severity, f->start_us, f->end_us, d, "%s", f->text);
        }
        *said = (lp_findings){ 0 };
    }
    for (size_t i = 0; s == LP_OK && i < c->n_others; i++) {
        c->others[i].people = c->people;
        c->others[i].n_people = c->others[i].cap_people = c->n_people;
    }
    return s;
}

int lp_lang_is_same(const char *a, const char *b)
{
    while (*a && *b && (*a | 32) == (*b | 32))
        a++, b++;
    return (!*a && (!*b || *b == '-')) || (!*b && *a == '-');
}

static int is_before(const lp_cue *a, const lp_cue *b)
{
    return a->start_us != b->start_us ? a->start_us < b->start_us : a->end_us < b->end_us;
}

static void reverse(lp_cue *c, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        lp_cue swap = c[i];
        c[i] = c[n - 1 - i];
        c[n - 1 - i] = swap;
    }
}

/* Turns the sorted runs c[0..mid) and c[mid..n) into one without memory of its own: sorting can
 * not fail. It halves the longer run, finds where that cue belongs in the other and swaps what
 * lies between. */
static void merge_runs(lp_cue *c, size_t mid, size_t n)
{
    if (mid == 0 || mid == n || !is_before(&c[mid], &c[mid - 1]))
        return;
    size_t left, right; /* c[left..mid) and c[mid..right) change places */
    if (mid > n - mid) {
        left = mid / 2;
        right = mid;
        for (size_t end = n; right < end;) {
            size_t at = right + (end - right) / 2;
            if (is_before(&c[at], &c[left]))
                right = at + 1;
            else
                end = at;
        }
    } else {
        right = mid + (n - mid + 1) / 2;
        left = 0;
        for (size_t end = mid; left < end;) {
            size_t at = left + (end - left) / 2;
            if (is_before(&c[right - 1], &c[at]))
                end = at;
            else
                left = at + 1;
        }
    }
    reverse(c + left, mid - left);
    reverse(c + mid, right - mid);
    reverse(c + left, right - left);
    size_t met = left + (right - mid);
    merge_runs(c, left, met);
    merge_runs(c + met, mid - left, n - met);
}

static void sort_run(lp_cue *c, size_t n)
{
    if (n < 2)
        return;
    sort_run(c, n / 2);
    sort_run(c + n / 2, n - n / 2);
    merge_runs(c, n / 2, n);
}

/* Cues of equal times keep their order, which qsort() does not promise. */
void lp_cues_sort(lp_cues *c)
{
    sort_run(c->items, c->n);
}
