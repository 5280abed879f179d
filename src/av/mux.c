#include "av/mux.h"

#include <string.h>
#include <unistd.h>

#include <libavutil/opt.h>

#include "av/open.h"
#include "base/file.h"
#include "base/mem.h"

struct lp_mux {
    AVFormatContext *f;
    AVRational time_base;
    char *path;
};

int lp_mux_wants_global_header(const char *format)
{
    const AVOutputFormat *o = av_guess_format(format, NULL, NULL);
    return o && (o->flags & AVFMT_GLOBALHEADER);
}

void lp_mux_abort(lp_mux **m)
{
    if (!*m)
        return;
    if ((*m)->f && (*m)->f->pb)
        avio_closep(&(*m)->f->pb);
    avformat_free_context((*m)->f);
    if ((*m)->path)
        unlink((*m)->path);
    lp_free((*m)->path);
    lp_free(*m);
    *m = NULL;
}

static int begin(lp_mux *m, const char *format, const AVCodecContext *enc)
{
    AVStream *st = avformat_new_stream(m->f, NULL);
    AVDictionary *opts = NULL;
    if (!st)
        return AVERROR(ENOMEM);
    m->f->flags |= AVFMT_FLAG_BITEXACT; /* no random ids, no times of this run */
    m->time_base = st->time_base = enc->time_base;
    int e = avcodec_parameters_from_context(st->codecpar, enc);
    if (strcmp(format, "webm") == 0) {
        if (e >= 0)
            e = av_dict_set(&opts, "cues_to_front", "1", 0);
        if (e >= 0)
            e = av_dict_set(&opts, "cluster_time_limit", "30000", 0);
    } else if (strcmp(format, "mp4") == 0 && e >= 0) {
        e = av_dict_set(&opts, "movflags", "+faststart", 0);
    }
    if (e >= 0)
        e = avio_open(&m->f->pb, m->path, AVIO_FLAG_WRITE);
    if (e >= 0)
        e = avformat_write_header(m->f, &opts);
    av_dict_free(&opts);
    return e;
}

lp_status lp_mux_open(const char *path, const char *format, const AVCodecContext *enc, lp_mux **out, lp_diag *d)
{
    lp_mux *m = lp_calloc(1, sizeof(*m));
    *out = NULL;
    if (!m)
        return lp_fail_nomem(d);
    m->path = lp_strdup(path);
    int e = m->path ? avformat_alloc_output_context2(&m->f, NULL, format, path) : AVERROR(ENOMEM);
    if (e >= 0)
        e = begin(m, format, enc);
    if (e < 0) {
        lp_mux_abort(&m);
        return lp_fail_av(d, e == AVERROR(EIO) || e == AVERROR(EACCES) ? LP_ERR_IO : LP_ERR_TOOL, e, path, "can not be begun");
    }
    *out = m;
    return LP_OK;
}

lp_status lp_mux_write(lp_mux *m, AVPacket *p, lp_diag *d)
{
    p->stream_index = 0;
    av_packet_rescale_ts(p, m->time_base, m->f->streams[0]->time_base);
    int e = av_interleaved_write_frame(m->f, p);
    av_packet_unref(p);
    if (e >= 0 && m->f->pb->error < 0)
        e = m->f->pb->error;
    return e < 0 ? lp_fail_av(d, LP_ERR_IO, e, m->path, "write") : LP_OK;
}

lp_status lp_mux_close(lp_mux **m, lp_diag *d)
{
    lp_mux *x = *m;
    int e = av_write_trailer(x->f);
    avio_flush(x->f->pb);
    if (e >= 0 && x->f->pb->error < 0)
        e = x->f->pb->error;
    int c = avio_closep(&x->f->pb);
    lp_status s = e < 0 || c < 0 ? lp_fail_av(d, LP_ERR_IO, e < 0 ? e : c, x->path, "finish") : LP_OK;
    if (s == LP_OK)
        s = lp_file_sync(x->path, d);
    if (s == LP_OK) { /* kept: abort below removes only what it still names */
        lp_free(x->path);
        x->path = NULL;
    }
    lp_mux_abort(m);
    return s;
}
