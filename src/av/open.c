#include "av/open.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libavutil/log.h>
#include <libavutil/opt.h>

#include "base/file.h"

/* Containers of recordings and the bare streams inside them. Left out on purpose: playlists and
 * descriptions (hls, dash, concat, sdp, rtsp), devices, images that are not a recording, text formats. */
static const char formats[] =
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,flv,live_flv,avi,mpegts,mpeg,mpegvideo,m4v,asf,asf_o,ogg,wav,w64,"
    "aiff,au,caf,mp3,aac,ac3,eac3,dts,flac,amr,amrnb,amrwb,nut,ivf,mxf,gxf,rm,dv,swf,h264,hevc,av1,obu,vc1,"
    "wtv,wv,tta,ape,mpc,mpc8,ogv,y4m,yuv4mpegpipe,mjpeg,gif,voc,3dostr";

/* Of the MOV demuxer. Without the first the start of the list still counts, without the second nothing of it. */
static const char edits[] = "advanced_editlist", no_edits[] = "ignore_editlist";

enum { MAX_STREAMS = 64, MOST_TIMES_OVER = 64, PROBE_BYTES = 16 << 20, ANALYSE_US = 15 * 1000000 };

lp_status lp_fail_av(lp_diag *d, lp_status s, int averror, const char *path, const char *what)
{
    char text[AV_ERROR_MAX_STRING_SIZE] = "";
    if (averror == AVERROR(ENOSPC) || averror == AVERROR(EDQUOT) || averror == AVERROR(EFBIG))
        return lp_fail_errno(d, AVUNERROR(averror), path, what);
    if (averror == AVERROR(ENOMEM))
        return lp_fail_nomem(d);
    if (averror == AVERROR_EXIT)
        s = LP_ERR_CANCELLED;
    av_strerror(averror, text, sizeof(text));
    return lp_fail(d, s, averror, "%s: %s: %s", path, what, text);
}

void lp_av_init(void)
{
    av_log_set_level(AV_LOG_QUIET);
    (void)setenv("SVT_LOG", "0", 0); /* SVT-AV1 writes its set-up to stderr otherwise */
}

static lp_status fail_open(const char *path, int e, lp_diag *d)
{
    lp_file_info info = lp_file_stat(path);
    if (e == AVERROR(ENOENT) || e == AVERROR(EACCES) || e == AVERROR(EPERM))
        return lp_fail(d, LP_ERR_NO_INPUT, e, "%s: can not be opened: %s", path, strerror(AVUNERROR(e)));
    if (info.kind == LP_FILE_REGULAR && info.bytes == 0)
        return lp_fail(d, LP_ERR_INPUT, e, "%s: the file is empty; copy the recording again", path);
    if (e == AVERROR(ENOMEM))
        return lp_fail_nomem(d);
    return lp_fail(d, LP_ERR_INPUT, e,
                   "%s: not a recording that can be read (not media, or cut off before its index was "
                   "written); export it again from where it was recorded",
                   path);
}

/* Whether the container's own header describes every stream in full. MOV also knows how far frames are reordered. */
static int is_described(const AVFormatContext *f)
{
    if (strncmp(f->iformat->name, "mov,", 4) != 0)
        return 0;
    for (unsigned i = 0; i < f->nb_streams; i++) {
        const AVCodecParameters *c = f->streams[i]->codecpar;
        if (c->codec_type == AVMEDIA_TYPE_VIDEO && (c->width <= 0 || c->height <= 0 || c->extradata_size <= 0))
            return 0;
        if (c->codec_type == AVMEDIA_TYPE_AUDIO && (c->sample_rate <= 0 || c->ch_layout.nb_channels <= 0))
            return 0;
    }
    return f->nb_streams > 0;
}

int lp_av_is_mov(const AVFormatContext *f)
{
    return strncmp(f->iformat->name, "mov,", 4) == 0;
}

/* How many times over an edit list has the file read: some thousands of edits in one GOP make hours of work of seconds.
 * Each edit must be decoded from a key frame on, so that a few dozen times are no sign of anything. */
static int64_t times_over(AVFormatContext *f)
{
    int64_t bytes = f->pb ? avio_size(f->pb) : -1, sum = 0;
    for (unsigned i = 0; i < f->nb_streams; i++) {
        int n = avformat_index_get_entries_count(f->streams[i]);
        for (int k = 0; k < n; k++)
            sum += avformat_index_get_entry(f->streams[i], k)->size;
    }
    return bytes > 0 ? sum / bytes : 0;
}

static int shows_nothing(AVStream *st)
{
    int n = avformat_index_get_entries_count(st);
    for (int i = 0; i < n; i++)
        if (!(avformat_index_get_entry(st, i)->flags & AVINDEX_DISCARD_FRAME))
            return 0;
    return st->nb_frames > 0 && !(st->disposition & AV_DISPOSITION_ATTACHED_PIC);
}

/* Whether an edit list leaves nothing of a sound or a picture that is there: it tells of a time behind its end. */
static int edits_hide_all(const AVFormatContext *f)
{
    for (unsigned i = 0; i < f->nb_streams; i++) {
        enum AVMediaType t = f->streams[i]->codecpar->codec_type;
        if ((t == AVMEDIA_TYPE_VIDEO || t == AVMEDIA_TYPE_AUDIO) && shows_nothing(f->streams[i]))
            return 1;
    }
    return 0;
}

lp_edits lp_av_edits(const AVFormatContext *f)
{
    int64_t is_on = 1, is_off = 0;
    if (!lp_av_is_mov(f))
        return LP_EDITS_FOLLOWED;
    if (av_opt_get_int(f->priv_data, no_edits, 0, &is_off) >= 0 && is_off)
        return LP_EDITS_BEHIND_END;
    return av_opt_get_int(f->priv_data, edits, 0, &is_on) >= 0 && !is_on ? LP_EDITS_TOO_MANY : LP_EDITS_FOLLOWED;
}

static lp_status open_container(const char *path, lp_edits how, AVFormatContext **out, lp_diag *d)
{
    AVFormatContext *f = avformat_alloc_context();
    AVDictionary *opts = NULL;
    char url[4096 + 8];
    if (!f)
        return lp_fail_nomem(d);
    if (snprintf(url, sizeof(url), "file:%s", path) >= (int)sizeof(url)) {
        avformat_free_context(f);
        return lp_fail(d, LP_ERR_NO_INPUT, 0, "%.80s..: the path is too long", path);
    }
    f->max_streams = MAX_STREAMS;
    int e = av_dict_set(&opts, "format_whitelist", formats, 0);
    if (e >= 0)
        e = av_dict_set(&opts, "protocol_whitelist", "file", 0);
    if (e >= 0)
        e = av_dict_set_int(&opts, "probesize", PROBE_BYTES, 0);
    if (e >= 0)
        e = av_dict_set_int(&opts, "analyzeduration", ANALYSE_US, 0);
    if (e >= 0 && how == LP_EDITS_TOO_MANY)
        e = av_dict_set_int(&opts, edits, 0, 0);
    if (e >= 0 && how == LP_EDITS_BEHIND_END)
        e = av_dict_set_int(&opts, no_edits, 1, 0);
    if (e >= 0)
        e = avformat_open_input(&f, url, NULL, &opts); /* frees f on failure */
    else
        avformat_free_context(f);
    av_dict_free(&opts);
    if (e < 0)
        return fail_open(path, e, d);
    *out = f;
    return LP_OK;
}

static lp_status open_recording(const char *path, int is_known, AVFormatContext **out, lp_diag *d)
{
    AVFormatContext *f = NULL;
    lp_av_init();
    *out = NULL;
    lp_status s = open_container(path, LP_EDITS_FOLLOWED, &f, d);
    lp_edits how = LP_EDITS_FOLLOWED;
    if (s == LP_OK && lp_av_is_mov(f))
        how = times_over(f) > MOST_TIMES_OVER ? LP_EDITS_TOO_MANY
              : edits_hide_all(f)             ? LP_EDITS_BEHIND_END
                                              : LP_EDITS_FOLLOWED;
    if (how != LP_EDITS_FOLLOWED) {
        avformat_close_input(&f);
        s = open_container(path, how, &f, d);
    }
    if (s == LP_OK && how == LP_EDITS_BEHIND_END && edits_hide_all(f)) { /* there is nothing to show: no fault of a list */
        avformat_close_input(&f);
        s = open_container(path, LP_EDITS_FOLLOWED, &f, d);
    }
    if (s != LP_OK)
        return s;
    int e = is_known && is_described(f) ? 0 : avformat_find_stream_info(f, NULL);
    if (e < 0 || f->nb_streams == 0) {
        avformat_close_input(&f);
        return lp_fail(d, LP_ERR_INPUT, e, "%s: no sound or picture can be found in it", path);
    }
    *out = f;
    return LP_OK;
}

lp_status lp_av_open(const char *path, AVFormatContext **out, lp_diag *d)
{
    return open_recording(path, 0, out, d);
}

lp_status lp_av_open_again(const char *path, AVFormatContext **out, lp_diag *d)
{
    return open_recording(path, 1, out, d);
}

lp_status lp_av_decoder(const AVFormatContext *f, int stream, AVCodecContext **out, lp_diag *d)
{
    const AVStream *st = f->streams[stream];
    const AVCodec *codec = avcodec_find_decoder(st->codecpar->codec_id);
    *out = NULL;
    if (!codec)
        return lp_fail(d, LP_ERR_UNSUPPORTED, 0, "%s: stream %d: no decoder for %s in this build of libavcodec",
                       f->url, stream, avcodec_get_name(st->codecpar->codec_id));
    AVCodecContext *c = avcodec_alloc_context3(codec);
    if (!c)
        return lp_fail_nomem(d);
    c->thread_count = 1; /* parallel work is by chunks: frame threads cost 1.6 times the work */
    c->pkt_timebase = st->time_base;
    c->max_pixels = 8192 * 8192;
    int e = avcodec_parameters_to_context(c, st->codecpar);
    if (e >= 0)
        e = avcodec_open2(c, codec, NULL);
    if (e < 0) {
        avcodec_free_context(&c);
        return lp_fail_av(d, LP_ERR_UNSUPPORTED, e, f->url, "a stream can not be decoded");
    }
    *out = c;
    return LP_OK;
}

int lp_av_quarters(const AVStream *st)
{
    const int32_t *m = lp_stream_matrix(st);
    double angle = m ? -av_display_rotation_get(m) : 0; /* clockwise; NaN of a matrix that is none */
    return angle == angle ? (int)((angle + 360 * 4 + 45) / 90) % 4 : 0;
}

int64_t lp_av_time_us(int64_t pts, AVRational tb, int64_t origin_us)
{
    if (pts == AV_NOPTS_VALUE || tb.num <= 0 || tb.den <= 0)
        return INT64_MIN;
    int64_t t = av_rescale_q(pts, tb, AV_TIME_BASE_Q);
    if (t > INT64_MAX / 4 || t < INT64_MIN / 4)
        return INT64_MIN;
    return t - origin_us;
}
