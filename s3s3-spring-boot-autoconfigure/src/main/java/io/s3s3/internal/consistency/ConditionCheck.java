package io.s3s3.internal.consistency;

import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Keeps the condition of a write from being checked on a state that this process has
 * replaced: what a location says of it that has not got the last write is worth nothing.
 * Not thread-safe.
 */
final class ConditionCheck extends AnswerCheck {

	private final RecentWrites writes;

	private final WriteCondition condition;

	/** Checks what a copy reads, {@code null} if nothing is known of that. */
	private final @Nullable AnswerCheck read;

	/** Why the last location was not asked. */
	private @Nullable S3Exception unasked;

	ConditionCheck(RecentWrites writes, WriteCondition condition, KeyHistory history, @Nullable AnswerCheck read) {
		super(history);
		this.writes = writes;
		this.condition = condition;
		this.read = read;
	}

	@Override
	public Verdict judge(LocationRole location, @Nullable S3Response response, long heard) {
		return (this.read != null) ? this.read.judge(location, response, heard) : Verdict.CURRENT;
	}

	@Override
	public Verdict judge(LocationRole location, S3Exception error) {
		boolean absent = error.statusCode() == 404;
		boolean denied = absent || error.statusCode() == 412;
		if (denied && new KeyJudge(history()).judgeDenial(location, absent) == Verdict.STALE) {
			return Verdict.STALE;
		}
		return (this.read != null) ? this.read.judge(location, error) : Verdict.CURRENT;
	}

	@Override
	public S3Request guarded(S3Request request, LocationRole location) {
		KeyHistory now = this.writes.of(this.condition.key());
		this.unasked = (now != null) ? this.condition.refusal(now, location) : null;
		if (this.unasked != null) {
			throw refuse(Verdict.STALE);
		}
		return (this.read != null) ? this.read.guarded(request, location) : request;
	}

	@Override
	public @Nullable ListObjectVersionsRequest whyAbsent(LocationRole location, Throwable error) {
		return (this.read != null) ? this.read.whyAbsent(location, error) : null;
	}

	@Override
	S3Exception createRefusal() {
		S3Exception unasked = this.unasked;
		return (unasked != null) ? unasked : WriteCondition.unchecked(this.condition.key(), history());
	}

}
