package io.s3s3.internal.call;

import java.nio.file.Path;
import java.util.Objects;

import io.s3s3.event.RequestHedged;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.internal.hedge.Hedge;
import io.s3s3.internal.hedge.ReadClass;
import io.s3s3.internal.hedge.Rival;
import io.s3s3.internal.route.Route;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Rivals}, and for what a call makes of the answer to one.
 */
class RivalsTests {

	private static final SdkHttpResponse SAME = version("v1");

	private final AsyncCalls calls;

	private CallExecution execution;

	private Hedge hedge;

	RivalsTests(@TempDir Path directory) {
		this.calls = new AsyncCalls(directory);
	}

	@BeforeEach
	void hedge() {
		this.calls.hedged = true;
		begin(HeadObjectRequest.builder().key("k").versionId("v1").build());
	}

	private void begin(HeadObjectRequest request) {
		this.calls.request = request;
		CallScope scope = this.calls.scope();
		Route route = scope.services().router().route("HeadObject", request);
		this.execution = new CallExecution(scope, new CallKind() {
		}, route);
		this.execution.begin(AsyncCalls.START);
		Step.Start start = (Step.Start) Objects.requireNonNull(this.execution.take());
		this.hedge = Objects.requireNonNull(this.execution.send(start.number(), AsyncCalls.START).hedge());
	}

	@Test
	void goesToTheOtherLocation() {
		Rival rival = Objects.requireNonNull(this.hedge.rival());

		assertThat(rival.location()).isSameAs(this.calls.pair.secondary());
		assertThat(rival.request().get().getValueForField("Bucket", String.class)).contains("west");
		assertThat(rival.well().getAsBoolean()).isTrue();
		assertThat(this.hedge.accepts(SAME)).isTrue();
		assertThat(this.hedge.accepts(version("v2"))).isFalse();
		assertThat(this.hedge.accepts(SAME.toBuilder().statusCode(304).build())).isFalse();
	}

	@Test
	void staysWhereNothingProvesTheAnswer() {
		begin(HeadObjectRequest.builder().key("k").build());

		assertThat(this.hedge.rival()).isNull();
		assertThat(this.hedge.accepts(SAME)).isTrue();
	}

	@Test
	void takesTheWinnersLocationForThatOfTheCall() {
		win();

		this.execution.succeeded(1, AsyncCalls.ANSWER, AsyncCalls.START);

		assertThat(this.execution.servedBy()).isEqualTo(LocationRole.SECONDARY);
		assertThat(this.calls.told(RequestSucceeded.class)).singleElement()
			.extracting(RequestSucceeded::getLocation)
			.isEqualTo(LocationRole.SECONDARY);
		assertThat(this.calls.told(RequestHedged.class)).singleElement().satisfies((event) -> {
			assertThat(event.getLocation()).isEqualTo(LocationRole.PRIMARY);
			assertThat(event.getSecondLocation()).isEqualTo(LocationRole.SECONDARY);
			assertThat(event.getOutcome()).isEqualTo(RequestHedged.Outcome.WON);
		});
	}

	@Test
	void blamesTheWinnerForAnAnswerThatBreaks() {
		win();

		this.execution.failed(1, AsyncCalls.refused(), AsyncCalls.START);

		assertThat(this.execution.lastError()).isNotNull();
		assertThat(this.execution.decisiveFailure().location()).isEqualTo(LocationRole.SECONDARY);

	}

	@Test
	void takesTheFirstLocationAgainWhenTheSdkTriesAgain() {
		win();

		this.hedge.begin(ReadClass.HEAD, () -> {
		});
		this.execution.succeeded(1, AsyncCalls.ANSWER, AsyncCalls.START);

		assertThat(this.execution.servedBy()).isEqualTo(LocationRole.PRIMARY);
	}

	private void win() {
		this.hedge.start(() -> true, () -> true);
		this.hedge.win();
	}

	private static SdkHttpResponse version(String id) {
		return SdkHttpResponse.builder().statusCode(200).putHeader("x-amz-version-id", id).build();
	}

}
