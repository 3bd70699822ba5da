package io.s3s3.failure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorCodes} and {@link UnknownErrorCode}. The table is also that of
 * docs/failures.md.
 */
class ErrorCodesTests {

	private final FailureClassifier classifier = new DefaultFailureClassifier(false);

	@ParameterizedTest
	@MethodSource
	void meansWhatItsRowSays(String code, ErrorCodes row) {
		assertThat(classify(400, code)).isEqualTo(row.meaning().failure());
	}

	static Stream<Arguments> meansWhatItsRowSays() {
		return Stream.of(ErrorCodes.values())
			.flatMap((row) -> row.codes().stream().map((code) -> Arguments.of(code, row)));
	}

	@Test
	void hasEachCodeInOneRow() {
		List<String> codes = new ArrayList<>();
		for (ErrorCodes row : ErrorCodes.values()) {
			codes.addAll(row.codes());
		}

		assertThat(codes).doesNotHaveDuplicates().allMatch((code) -> code.matches("[A-Z][A-Za-z0-9.]+"));
		assertThat(new HashSet<>(codes)).hasSizeGreaterThan(200);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			# status, code,                              kind,            elsewhere, counts, effect
			400,      AccessControlListNotSupported,     REQUEST,         false,     false,  REJECTED
			400,      EncryptionTypeMismatch,            REQUEST,         false,     false,  REJECTED
			400,      InvalidHostHeader,                 REQUEST,         false,     false,  REJECTED
			400,      InvalidWriteOffset,                REQUEST,         false,     false,  REJECTED
			400,      KeyTooLong,                        REQUEST,         false,     false,  REJECTED
			400,      TooManyParts,                      REQUEST,         false,     false,  REJECTED
			400,      XMinioInvalidObjectName,           REQUEST,         false,     false,  REJECTED
			400,      BadRequest,                        REQUEST,         false,     false,  REJECTED
			200,      InvalidArgument,                   REQUEST,         false,     false,  REJECTED
			405,      MethodNotAllowed,                  REQUEST,         false,     false,  REJECTED
			422,      UnprocessableEntity,               REQUEST,         false,     false,  REJECTED
			401,      AccessDenied,                      CREDENTIALS,     true,      true,   REJECTED
			403,      AllAccessDisabled,                 CREDENTIALS,     true,      true,   REJECTED
			403,      UserSuspended,                     CREDENTIALS,     true,      true,   REJECTED
			403,      QuotaExceeded,                     SERVER_ERROR,    true,      false,  REJECTED
			400,      XMinioAdminBucketQuotaExceeded,    SERVER_ERROR,    true,      false,  REJECTED
			507,      XMinioStorageFull,                 SERVER_ERROR,    true,      false,  REJECTED
			400,      KMS.DisabledException,             SERVER_ERROR,    true,      false,  REJECTED
			400,      IllegalLocationConstraintException, REDIRECT,       true,      true,   REJECTED
			400,      BadDigest,                         UNEXPECTED,      true,      false,  REJECTED
			404,      NoSuchAccessPoint,                 NO_SUCH_BUCKET,  true,      true,   REJECTED
			404,      NoSuchTagSet,                      EXPECTED,          false,     false,  REJECTED
			409,      ConditionalRequestConflict,        EXPECTED,          false,     false,  REJECTED
			503,      SlowDownWrite,                     THROTTLED,       true,      true,   REJECTED
			503,      RequestTimeout,                    SERVER_ERROR,    true,      true,   UNKNOWN
			500,      InvalidArgument,                   SERVER_ERROR,    true,      true,   UNKNOWN
			""")
	void speaksOfTheRequestOrOfTheLocation(int status, String code, FailureKind kind, boolean elsewhere, boolean counts,
			Effect effect) {
		assertThat(classify(status, code)).isEqualTo(new Failure(kind, elsewhere, counts, effect));
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			# status, code,                        kind,         elsewhere
			400,      InvalidFrobnication,         REQUEST,      false
			400,      XVendorMalformedThing,       REQUEST,      false
			400,      MissingFrobnicator,          REQUEST,      false
			400,      TagKeyTooLong,               REQUEST,      false
			400,      FrobnicationNotSupported,    REQUEST,      false
			400,      ChecksumTypeMismatch,        REQUEST,      false
			400,      InvalidAccountState,         UNEXPECTED,   true
			400,      MissingCredentials,          UNEXPECTED,   true
			400,      NeverHeardOf,                UNEXPECTED,   true
			200,      NeverHeardOf,                SERVER_ERROR, true
			403,      NeverHeardOf,                ACCESS_DENIED, false
			404,      NeverHeardOf,                EXPECTED,       false
			409,      NeverHeardOf,                EXPECTED,       false
			418,      NeverHeardOf,                REQUEST,      false
			400,      UploadRequestsThrottled,     THROTTLED,    true
			503,      NeverHeardOf,                SERVER_ERROR, true
			""")
	void judgesAnUnknownCodeByItsName(int status, String code, FailureKind kind, boolean elsewhere) {
		Failure failure = classify(status, code);

		assertThat(failure.kind()).isEqualTo(kind);
		assertThat(failure.canFailOver()).isEqualTo(elsewhere);
	}

	@ParameterizedTest
	@EnumSource
	void isDocumented(ErrorCodes row) {
		assertThat(Path.of("docs", "failures.md")).content().contains(asMarkdown(row));
	}

	private static String asMarkdown(ErrorCodes row) {
		Failure failure = row.meaning().failure();
		return "| %s | `%s` | %s | %s | %s |".formatted(row.reason(), failure.kind().tag(),
				failure.canFailOver() ? "yes" : "no", failure.countsAgainstLocation() ? "yes" : "no",
				row.codes().stream().map((code) -> "`" + code + "`").collect(Collectors.joining(" ")));
	}

	private Failure classify(int status, String code) {
		return this.classifier.classify(S3Exception.builder()
			.statusCode(status)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
			.build());
	}

}
