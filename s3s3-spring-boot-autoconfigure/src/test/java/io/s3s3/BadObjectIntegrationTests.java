package io.s3s3;

import java.util.List;
import java.util.stream.Stream;

import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationStatus;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Answer;
import io.s3s3.testkit.Answer.End;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.FaultyEndpoint;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * One object for which a location, or each of them, returns bad answers: calls for it, by
 * any operation, take no location out.
 */
class BadObjectIntegrationTests {

	/** More than it takes to take a location out. */
	private static final int TIMES = 5;

	@ParameterizedTest
	@MethodSource("answers")
	void takesThePrimaryNotOut(Answer answer) {
		try (FaultyEndpoint primary = AnsweringEndpoint.answeringFor("bad", answer);
				FaultyEndpoint secondary = AnsweringEndpoint.answeringFor("none", answer)) {
			pair(primary, secondary).run(BadObjectIntegrationTests::callAndCheck);
		}
	}

	@ParameterizedTest
	@MethodSource("answers")
	void takesNoLocationOutWhereBothAnswerSo(Answer answer) {
		try (FaultyEndpoint primary = AnsweringEndpoint.answeringFor("bad", answer);
				FaultyEndpoint secondary = AnsweringEndpoint.answeringFor("bad", answer)) {
			pair(primary, secondary).withPropertyValues("s3s3.failover.max-rounds=1")
				.run(BadObjectIntegrationTests::callAndCheck);
		}
	}

	@Test
	void manyOfThemTakeNoLocationOutWhereBothAnswerSo() {
		Answer answer = Answer.error(500, "InternalError");
		try (FaultyEndpoint primary = AnsweringEndpoint.answeringFor("bad", answer);
				FaultyEndpoint secondary = AnsweringEndpoint.answeringFor("bad", answer)) {
			pair(primary, secondary).run((context) -> {
				FailoverS3Client s3 = context.getBean(FailoverS3Client.class);
				for (int i = 0; i < TIMES; i++) {
					String key = "bad-" + i;
					assertThat(catchThrowable(() -> s3.getObjectAsBytes((get) -> get.key(key)))).isNotNull();
				}

				assertUp(context, LocationRole.PRIMARY);
				assertUp(context, LocationRole.SECONDARY);
			});
		}
	}

	@Test
	void twoOfThemTakeThePrimaryOut() {
		Answer answer = Answer.error(500, "InternalError");
		try (FaultyEndpoint primary = AnsweringEndpoint.answeringFor("bad", answer);
				FaultyEndpoint secondary = AnsweringEndpoint.answeringFor("none", answer)) {
			pair(primary, secondary).run((context) -> {
				FailoverS3Client s3 = context.getBean(FailoverS3Client.class);
				for (int i = 0; i < 3; i++) {
					String key = "bad-" + i % 2;
					s3.getObjectAsBytes((get) -> get.key(key));
				}

				assertThat(context.getBean(FailoverControl.class).status().primary().status())
					.isEqualTo(LocationStatus.OUT);
			});
		}
	}

	static Stream<Arguments> answers() {
		return Stream.of(row("500", Answer.error(500, "InternalError")),
				row("500 without a body", Answer.error(500, "")), row("501", Answer.error(501, "NotImplemented")),
				row("502", Answer.html(502)), row("503", Answer.error(503, "ServiceUnavailable")),
				row("signature", Answer.error(403, "SignatureDoesNotMatch")),
				row("400 of an unknown code", Answer.error(400, "XUnheardOf")),
				row("400 without a body", Answer.error(400, "")), row("403", Answer.error(403, "AccessDenied")),
				row("409", Answer.error(409, "OperationAborted")),
				row("conditional 409", Answer.error(409, "ConditionalRequestConflict")),
				row("412", Answer.error(412, "PreconditionFailed")), row("page of HTML", Answer.html(200)),
				row("garbage", Answer.success("<Result><Key>a\u0001</Key></Result>")),
				row("unfinished XML", Answer.success("<ListBucketResult><Contents>")),
				row("checksum", Answer.success("other bytes").with("x-amz-checksum-crc32: AAAAAA==")),
				row("answer cut short", Answer.success("short").claiming(100)),
				row("answer that is reset", Answer.success("short").claiming(100).endingWith(End.RESET)));
	}

	private static void callAndCheck(AssertableApplicationContext context) {
		FailoverS3Client s3 = context.getBean(FailoverS3Client.class);
		List<ThrowingCallable> calls = List.of(() -> s3.getObjectAsBytes((get) -> get.key("bad")),
				() -> s3.listObjectsV2((list) -> list.prefix("bad")), () -> s3.headObject((head) -> head.key("bad")),
				() -> s3.putObject((put) -> put.key("bad"), RequestBody.fromString("x")));
		for (ThrowingCallable call : calls) {
			for (int i = 0; i < TIMES; i++) {
				Throwable unused = catchThrowable(call);
			}
			assertUp(context, LocationRole.PRIMARY);
			assertUp(context, LocationRole.SECONDARY);
			s3.getObjectAsBytes((get) -> get.key("good"));
		}
	}

	private static void assertUp(AssertableApplicationContext context, LocationRole role) {
		assertThat(context.getBean(FailoverControl.class).status().get(role))
			.satisfies((location) -> assertThat(location.status()).as("%s", location).isEqualTo(LocationStatus.UP));
	}

	private static ApplicationContextRunner pair(FaultyEndpoint primary, FaultyEndpoint secondary) {
		return Contexts.pair(primary.uri(), "east", secondary.uri(), "west")
			.withPropertyValues("s3s3.circuit.without-success=0ms", "s3s3.failover.back-off=1ms");
	}

	private static Arguments row(String name, Answer answer) {
		return Arguments.argumentSet(name, answer);
	}

}
